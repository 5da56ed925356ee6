#include "conformance_checks.hpp"

#include <array>
#include <string>
#include <string_view>

namespace otp::testing {
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

void check_other_success_statuses(OperationCheck& check) {
    for (auto const& success : check.answers().successes) {
        for (int status = 200; status <= 299; ++status) {
            if (check.is_success_status(status)) continue;
            auto response = success;
            response.status = status;
            check.expect_not_understood("another 2xx", std::to_string(status), response);
        }
    }
}

void check_successes_with_failing_statuses(OperationCheck& check) {
    constexpr auto name = "success with a failing status";
    for (auto const& success : check.answers().successes) {
        for (int status = 300; status <= 599; ++status) {
            auto response = success;
            response.status = status;
            auto const seen = check.see(name, std::to_string(status), response);
            bool const may_be_outcome = status >= 400 && status <= 499;
            if (seen.success || (!may_be_outcome && !seen.error)) {
                check.fail(name, std::to_string(status), seen.describe());
            }
        }
    }
}

void check_pages_of_gateways(OperationCheck& check) {
    constexpr auto name = "a gateway's page";
    for (auto const& [type, text] : pages) {
        auto const see = [&, &page_type = type, &page_text = text](int status) {
            HttpResponse const response(
                status, {{"content-type", page_type}}, std::string(page_text)
            );
            return check.see(name, std::to_string(status) + ' ' + std::string(page_type), response);
        };
        for (int const status : statuses_of_a_vendor) {
            auto const seen = see(status);
            bool const certain = !check.decides_delivery() ||
                                 (seen.error && seen.error->delivery == Delivery::not_sent);
            bool const right =
                seen.error && seen.error->category == ErrorCategory::bad_response && certain;
            if (!right) check.fail(name, std::to_string(status), seen.describe());
        }
        // Whoever says so is right.
        auto const throttled = see(429);
        if (!throttled.error || !is_throttling(throttled.error->category)) {
            check.fail(name, "429", throttled.describe());
        }
        auto const unavailable = see(503);
        if (!unavailable.error || unavailable.error->category != ErrorCategory::unavailable) {
            check.fail(name, "503", unavailable.describe());
        }
    }
}

}  // namespace otp::testing
