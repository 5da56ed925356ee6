#pragma once

#include <otp/delivery_config.hpp>
#include <otp/seam/clock.hpp>

#include <chrono>
#include <optional>

namespace otp::delivery {

/// How long an instance is left alone after it said that it is asked too often or cannot serve
/// (`RetryConfig::rest`). Not thread-safe.
class Rest {
public:
    using TimePoint = Clock::TimePoint;

    explicit Rest(RetryConfig const& config) noexcept;

    /// The instance said so at `now`, and `retry_after` if it also said for how long. What this
    /// gives is how long it rests from now on, rounded up: never less than it rested already.
    ///
    /// Requests that were under way when the rest began are often answered alike. They are one and
    /// the same news: the rest lasts until the last of them has had its time, and only an answer
    /// that comes after the rest doubles the next one.
    std::chrono::milliseconds begin(
        TimePoint now, std::optional<std::chrono::milliseconds> retry_after
    ) noexcept;

    /// The instance served: the next rest without `Retry-After` is as short as the first. A rest
    /// under way goes on.
    void succeeded() noexcept;

    [[nodiscard]] bool is_over(TimePoint now) const noexcept { return now >= until_; }
    /// The end of the rest under way or of the last one; the least time point if there was none.
    [[nodiscard]] TimePoint until() const noexcept { return until_; }

private:
    using Milliseconds = std::chrono::milliseconds;

    /// For an answer that does not say how long.
    [[nodiscard]] Milliseconds next_length(TimePoint now) const noexcept;

    Milliseconds first_;
    Milliseconds longest_;
    Milliseconds longest_asked_for_;
    /// Of the last rest whose length the instance did not say; 0 if there was none since it served.
    Milliseconds last_{0};
    TimePoint until_{TimePoint::min()};
};

}  // namespace otp::delivery
