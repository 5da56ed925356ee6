#include "delivery/decide/clock_difference.hpp"

#include "model/ascii.hpp"
#include "model/loose_date.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace otp::delivery {

namespace {

using std::chrono::seconds;

/// A cache writes 0 for what it has just fetched.
bool may_be_of_a_cache(HttpResponse const& response) {
    auto const age = response.headers.find("age");
    auto const text = age ? model::trim(*age) : "0";
    return text.empty() || std::any_of(text.begin(), text.end(), [](char c) { return c != '0'; });
}

bool refuses_credentials(Error const& error, HttpResponse const& response) {
    bool const status = response.status == 401 || response.status == 403;
    // Of a gateway's page nobody knows whether it is about the credentials; a wrong clock is worth
    // a word there, too.
    bool const category = error.category == ErrorCategory::unauthenticated ||
                          error.category == ErrorCategory::permission_denied ||
                          error.category == ErrorCategory::bad_response;
    return status && category;
}

/// `20 minutes`, in the largest unit of which there are two.
std::string in_words(seconds difference) {
    using namespace std::chrono;
    struct Unit {
        seconds length;
        std::string_view name;
    };
    constexpr Unit units[] = {{days(1), " days"}, {hours(1), " hours"}};
    for (auto const& unit : units) {
        if (difference >= 2 * unit.length) {
            return std::to_string(difference / unit.length) + std::string(unit.name);
        }
    }
    return std::to_string(difference / minutes(1)) + " minutes";
}

}  // namespace

std::optional<seconds> clock_difference(
    HttpResponse const& response, Clock::UtcTime sent, Clock::UtcTime received
) {
    auto const text = response.headers.find("date");
    if (!text || may_be_of_a_cache(response)) return std::nullopt;
    auto const now = std::chrono::floor<seconds>(received);
    auto const date = model::parse_loose_date(model::trim(*text), now);
    if (!date) return std::nullopt;
    if (*date > now + tolerated_clock_difference) return *date - now;
    auto const earliest = std::chrono::floor<seconds>(sent);
    if (*date < earliest - tolerated_clock_difference) return *date - earliest;
    return std::nullopt;
}

void tell_clock_difference(
    Error& error, HttpResponse const& response, Clock::UtcTime sent, Clock::UtcTime received
) {
    if (!refuses_credentials(error, response)) return;
    auto const difference = clock_difference(response, sent, received);
    if (!difference) return;
    if (error.message.empty()) error.message = describe(error.category);
    bool const behind = *difference > seconds(0);
    error.message +=
        "; this machine's clock is " + in_words(std::chrono::abs(*difference)) +
        (behind ? " behind" : " ahead of") +
        " the answer's Date, and a request that is signed with a wrong time is refused";
}

}  // namespace otp::delivery
