#pragma once

#include <otp/export.hpp>

#include <chrono>

namespace OTP_EXPORT otp {

/// `begin` plus `wait`, or the end of the clock's time where that lies beyond it: a time limit may
/// be of any size, and one of 300 years means no limit. The same downwards for a negative `wait`.
template <class Clock, class Precision, class Rep, class Period>
[[nodiscard]] constexpr std::chrono::time_point<Clock, Precision> time_after(
    std::chrono::time_point<Clock, Precision> begin, std::chrono::duration<Rep, Period> wait
) noexcept {
    using Time = std::chrono::time_point<Clock, Precision>;
    using Wait = std::chrono::duration<Rep, Period>;
    // Compared in the unit of `wait`, which may not fit into the finer one of the clock. The end of
    // time minus a time before the epoch would not fit either, nor its beginning minus one after.
    if (wait > Wait::zero()) {
        auto const from = begin > Time() ? begin : Time();
        if (wait > std::chrono::duration_cast<Wait>(Time::max() - from)) return Time::max();
    } else {
        auto const from = begin < Time() ? begin : Time();
        if (wait < std::chrono::duration_cast<Wait>(Time::min() - from)) return Time::min();
    }
    return begin + std::chrono::duration_cast<Precision>(wait);
}

}  // namespace otp
