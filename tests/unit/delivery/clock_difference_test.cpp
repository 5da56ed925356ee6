// What the Date of a refusal says of this machine's clock.
#include "delivery/decide/clock_difference.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <string_view>

namespace otp::delivery {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

// Thu, 01 Jan 2026 12:00:00 GMT, and an answer that took 3 seconds.
constexpr Clock::UtcTime sent{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) + 12h};
constexpr Clock::UtcTime received = sent + 3s;

std::optional<seconds> difference(HttpHeaders const& headers) {
    return clock_difference(HttpResponse(403, headers, ""), sent, received);
}

std::optional<seconds> difference_of_date(std::string_view date) {
    return difference({{"Date", date}});
}

TEST(ClockDifference, is_that_of_the_date) {
    EXPECT_EQ(difference_of_date("Thu, 01 Jan 2026 12:20:03 GMT"), 20min);
    EXPECT_EQ(difference_of_date("Thu, 01 Jan 2026 11:40:00 GMT"), -20min);
    EXPECT_EQ(difference_of_date("Thursday, 01-Jan-26 12:20:03 GMT"), 20min);
    EXPECT_EQ(difference({{"date", " Thu, 01 Jan 2026 12:20:03 GMT "}}), 20min);
}

TEST(ClockDifference, is_none_within_the_tolerance) {
    EXPECT_EQ(difference_of_date("Thu, 01 Jan 2026 12:00:01 GMT"), std::nullopt);
    EXPECT_EQ(difference_of_date("Thu, 01 Jan 2026 12:02:03 GMT"), std::nullopt);
    EXPECT_EQ(difference_of_date("Thu, 01 Jan 2026 12:02:04 GMT"), 121s);
    EXPECT_EQ(difference_of_date("Thu, 01 Jan 2026 11:58:00 GMT"), std::nullopt);
    EXPECT_EQ(difference_of_date("Thu, 01 Jan 2026 11:57:59 GMT"), -121s);
}

TEST(ClockDifference, is_none_where_the_answer_was_slow) {
    HttpResponse const response(403, {{"Date", "Thu, 01 Jan 2026 12:00:10 GMT"}}, "");
    EXPECT_EQ(clock_difference(response, sent, sent + 30min), std::nullopt);
}

TEST(ClockDifference, is_none_without_a_date_that_can_be_read) {
    EXPECT_EQ(difference({}), std::nullopt);
    for (auto const* text :
         {"", "yesterday", "0", "1767270000", "Thu, 32 Jan 2026 12:20:03 GMT", "12:20:03"}) {
        EXPECT_EQ(difference_of_date(text), std::nullopt) << text;
    }
}

TEST(ClockDifference, is_none_for_what_a_cache_had_kept) {
    constexpr auto date = "Thu, 01 Jan 2026 11:40:00 GMT";
    for (auto const* age : {"1200", "1", "", "-0", "old"}) {
        EXPECT_EQ(difference({{"Date", date}, {"Age", age}}), std::nullopt) << age;
    }
    // Fetched this moment.
    EXPECT_EQ(difference({{"Date", date}, {"Age", "0"}}), -20min);
    EXPECT_EQ(difference({{"Date", date}, {"Age", " 0 "}}), -20min);
}

std::string told(ErrorCategory category, int status, std::string_view date, std::string message) {
    Error error(category, std::move(message));
    tell_clock_difference(error, HttpResponse(status, {{"Date", date}}, ""), sent, received);
    return error.message;
}

TEST(ClockDifference, is_told_beside_what_a_refusal_of_credentials_says) {
    constexpr auto late = "Thu, 01 Jan 2026 12:20:03 GMT";
    EXPECT_EQ(
        told(ErrorCategory::unauthenticated, 403, late, "Forbidden"),
        "Forbidden; this machine's clock is 20 minutes behind the answer's Date, and a request "
        "that is signed with a wrong time is refused"
    );
    EXPECT_EQ(
        told(ErrorCategory::unauthenticated, 401, "Thu, 01 Jan 2026 09:00:00 GMT", ""),
        "the vendor refused the credentials; this machine's clock is 3 hours ahead of the answer's "
        "Date, and a request that is signed with a wrong time is refused"
    );
    for (auto const category : {ErrorCategory::permission_denied, ErrorCategory::bad_response}) {
        EXPECT_NE(told(category, 403, late, "Forbidden"), "Forbidden");
    }
    EXPECT_EQ(
        told(ErrorCategory::unauthenticated, 403, "Thu, 01 Jan 2026 12:01:00 GMT", "Forbidden"),
        "Forbidden"
    );
}

TEST(ClockDifference, is_told_of_nothing_else) {
    constexpr auto late = "Thu, 01 Jan 2026 12:20:03 GMT";
    EXPECT_EQ(told(ErrorCategory::unauthenticated, 200, late, "x"), "x");
    EXPECT_EQ(told(ErrorCategory::bad_response, 404, late, "x"), "x");
    EXPECT_EQ(told(ErrorCategory::rate_limited, 403, late, "x"), "x");
    EXPECT_EQ(told(ErrorCategory::blocked_by_fraud_guard, 403, late, "x"), "x");
}

TEST(ClockDifference, has_the_largest_unit_of_which_there_are_two) {
    auto const words = [](std::string_view date) {
        auto const text = told(ErrorCategory::unauthenticated, 403, date, "x");
        auto const begin = text.find("clock is ") + 9;
        return text.substr(begin, text.find(" the answer") - begin);
    };
    EXPECT_EQ(words("Thu, 01 Jan 2026 12:03:00 GMT"), "2 minutes behind");
    EXPECT_EQ(words("Thu, 01 Jan 2026 14:00:02 GMT"), "119 minutes behind");
    EXPECT_EQ(words("Thu, 01 Jan 2026 14:00:03 GMT"), "2 hours behind");
    EXPECT_EQ(words("Sat, 03 Jan 2026 12:00:02 GMT"), "47 hours behind");
    EXPECT_EQ(words("Sat, 03 Jan 2026 12:00:03 GMT"), "2 days behind");
    EXPECT_EQ(words("Thu, 01 Jan 1970 00:00:00 GMT"), "20454 days ahead of");
}

}  // namespace
}  // namespace otp::delivery
