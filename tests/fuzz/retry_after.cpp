// Whatever a server writes, a wait is from 0 to a day.
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"

#include <otp/adapter/retry_after.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>

namespace {

using std::chrono::milliseconds;

/// 2026-05-22T10:30:00Z.
constexpr std::chrono::sys_time<milliseconds> now{milliseconds(1779445800000)};
constexpr milliseconds day{std::chrono::hours(24)};

bool is_decimal(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

long long number_of(std::string_view digits) {
    constexpr long long most = 1'000'000'000'000'000;
    long long number = 0;
    for (char const c : digits) number = std::min(number * 10 + (c - '0'), most);
    return number;
}

/// The time since 1970 that the number is, in seconds or in milliseconds, if it is one of about
/// now.
std::optional<milliseconds> time_of(long long number) {
    for (long long const factor : {1000LL, 1LL}) {
        milliseconds const time(number * factor);
        auto const distance = time - now.time_since_epoch();
        if (-day <= distance && distance <= day) return time;
    }
    return std::nullopt;
}

/// Digits are a time of about now, or seconds; a day and more is a day.
milliseconds decimal_wait(std::string_view digits) {
    auto const number = number_of(digits);
    auto const time = time_of(number);
    if (time) return std::max(*time - now.time_since_epoch(), milliseconds(0));
    return std::min<milliseconds>(std::chrono::seconds(std::min(number, 86400LL)), day);
}

/// Whether any number in the text may be a time now and, an hour later, one too long ago.
bool names_a_time(std::string_view text) {
    constexpr std::string_view digits = "0123456789";
    for (auto begin = text.find_first_of(digits); begin != text.npos;) {
        auto const end = std::min(text.find_first_not_of(digits, begin), text.size());
        if (time_of(number_of(text.substr(begin, end - begin)))) return true;
        begin = text.find_first_of(digits, end);
    }
    return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = otp::fuzz::as_text(data, size);
    auto const wait = otp::parse_retry_after(text, now);
    if (wait) {
        otp::fuzz::require(
            wait->count() >= 0 && *wait <= day, "a wait is from 0 to a day", wait->count()
        );
    }
    if (is_decimal(text)) {
        otp::fuzz::require(
            wait == decimal_wait(text), "digits are seconds, or a time of about now", text
        );
    }
    // A later reader waits at most as long, for the same instant or the same seconds.
    auto const later = otp::parse_retry_after(text, now + std::chrono::hours(1));
    otp::fuzz::require(wait.has_value() == later.has_value(), "readable at any time", text);
    if (wait && !names_a_time(text)) otp::fuzz::require(*later <= *wait, "later waits less", text);
    return 0;
}
