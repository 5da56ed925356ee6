#pragma once

#include <otp/mocks/mock_options.hpp>
#include <otp/mocks/mock_time.hpp>

#include <chrono>
#include <functional>

namespace otp::mocks {

/// The vendors' time: another clock, and how far it was moved ahead of it or behind it. Not
/// thread-safe.
class MockClock {
public:
    /// Throws as `advance` does if `base` is outside of what the vendors can write now.
    explicit MockClock(std::function<MockTime()> base);

    [[nodiscard]] MockTime now() const { return base_() + moved_; }
    /// The time that a client's own clock should show.
    [[nodiscard]] MockTime unmoved() const { return base_(); }
    [[nodiscard]] std::chrono::milliseconds moved() const noexcept { return moved_; }

    /// Goes on from `now`. Throws `std::invalid_argument` if it is outside the years 1970 to 9000,
    /// which the vendors' formats can express, with room for every expiry.
    void set(MockTime now);
    /// The same by a difference.
    void advance(std::chrono::milliseconds by);
    void reset() noexcept { moved_ = std::chrono::milliseconds(0); }

private:
    std::function<MockTime()> base_;
    std::chrono::milliseconds moved_{0};
};

/// The clock of `options`, with its offset.
[[nodiscard]] MockClock make_clock(MockOptions const& options);

}  // namespace otp::mocks
