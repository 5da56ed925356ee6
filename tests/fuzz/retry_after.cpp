// Whatever a server writes, a wait is from 0 to a day.
#include "fuzz/support/input.hpp"
#include "fuzz/support/require.hpp"

#include <otp/retry_after.hpp>

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

/// Digits are seconds; a day and more is a day.
milliseconds decimal_wait(std::string_view digits) {
    long long seconds = 0;
    for (char const c : digits)
        seconds = std::min(seconds * 10 + (c - '0'), static_cast<long long>(86400));
    return std::chrono::seconds(seconds);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = otp::fuzz::as_text(data, size);
    auto const wait = otp::parse_retry_after(text, now);
    if (wait)
        otp::fuzz::require(
            wait->count() >= 0 && *wait <= day, "a wait is from 0 to a day", wait->count()
        );
    if (is_decimal(text))
        otp::fuzz::require(wait == decimal_wait(text), "digits are seconds", text);
    // A later reader waits at most as long, for the same instant or the same seconds.
    auto const later = otp::parse_retry_after(text, now + std::chrono::hours(1));
    otp::fuzz::require(wait.has_value() == later.has_value(), "readable at any time", text);
    if (wait) otp::fuzz::require(*later <= *wait, "later waits less", text);
    return 0;
}
