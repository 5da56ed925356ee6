#include "refusal/refusal_checks.hpp"

#include <array>
#include <string>
#include <string_view>

namespace otp::conformance {
namespace {

struct Page {
    std::string_view type;
    std::string_view text;
};

constexpr std::array pages{
    Page{"text/html", "<html><head><title>403 Forbidden</title></head><body>nginx</body></html>"},
    Page{"text/html; charset=utf-8", "<!DOCTYPE html><p>Your request was blocked."},
    Page{"text/plain", "Forbidden"},
    Page{"application/octet-stream", "\x1f\x8b\x08"},
};

/// About the request or its credentials, so that a gateway's word must not pass for the vendor's.
constexpr std::array statuses_of_a_vendor{400, 401, 402, 403, 404, 405, 409, 410, 415, 422};

bool is_throttling(ErrorCategory category) {
    return category == ErrorCategory::rate_limited ||
           category == ErrorCategory::recipient_throttled;
}

}  // namespace

void check_pages_of_gateways(OperationCheck& check) {
    constexpr Check name{"a gateway's page", Cause::believes_gateway};
    constexpr Check throttling{"a gateway's page", Cause::ignores_throttling};
    constexpr Check unavailability{"a gateway's page", Cause::believes_failing_server};
    for (auto const& [type, text] : pages) {
        auto const see = [&, &page_type = type, &page_text = text](int status) {
            HttpResponse const response(
                status, {{"content-type", page_type}}, std::string(page_text)
            );
            return check.see(
                {name, std::to_string(status) + ' ' + std::string(page_type)}, response
            );
        };
        for (int const status : statuses_of_a_vendor) {
            auto const seen = see(status);
            bool const certain = !check.decides_delivery() ||
                                 (seen.error && seen.error->delivery == Delivery::not_sent);
            bool const right =
                seen.error && seen.error->category == ErrorCategory::bad_response && certain;
            if (!right) check.fail({name, std::to_string(status)}, seen.describe());
        }
        // Whoever says so is right.
        auto const throttled = see(429);
        if (!throttled.error || !is_throttling(throttled.error->category)) {
            check.fail({throttling, "429"}, throttled.describe());
        }
        auto const unavailable = see(503);
        if (!unavailable.error || unavailable.error->category != ErrorCategory::unavailable) {
            check.fail({unavailability, "503"}, unavailable.describe());
        }
    }
}

}  // namespace otp::conformance
