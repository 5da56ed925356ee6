#pragma once

#include <otp/seam/clock.hpp>

#include <array>
#include <chrono>
#include <cstddef>

namespace otp::delivery {

/// How many calls ended lately, and how many of them badly, in constant memory. Time goes in
/// slices of a tenth of the window: counted are the slice under way and the nine before it. Not
/// thread-safe.
class CallWindow {
public:
    using TimePoint = Clock::TimePoint;

    explicit CallWindow(std::chrono::milliseconds window) noexcept
        : slice_length_(TimePoint::duration(window) / slice_count) {}

    /// A call ended at `now`; what is too old at that time is forgotten.
    void add(TimePoint now, bool failed) noexcept;
    /// Forgets all calls.
    void clear() noexcept;

    /// As of the last call.
    [[nodiscard]] std::size_t calls() const noexcept { return all_.calls; }
    [[nodiscard]] std::size_t failed() const noexcept { return all_.failed; }

private:
    static constexpr std::size_t slice_count = 10;

    struct Counts {
        std::size_t calls{0};
        std::size_t failed{0};
    };

    /// Until the newest slice is the one of `now`.
    void advance(TimePoint now) noexcept;
    /// The oldest slice becomes the newest, and empty.
    void drop_oldest() noexcept;

    TimePoint::duration slice_length_;
    std::array<Counts, slice_count> slices_{};
    std::size_t newest_{0};
    TimePoint newest_began_{};
    /// The sum of all slices.
    Counts all_{};
};

}  // namespace otp::delivery
