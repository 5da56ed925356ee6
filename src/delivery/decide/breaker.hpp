#pragma once

#include "delivery/decide/call_window.hpp"

#include <otp/delivery_config.hpp>
#include <otp/instance_health.hpp>
#include <otp/seam/clock.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace otp::delivery {

/// Leaves an instance alone for a while when it keeps failing, and then lets single requests
/// through to see whether it is well again (`BreakerConfig`). Not thread-safe.
class Breaker {
public:
    using TimePoint = Clock::TimePoint;

    explicit Breaker(BreakerConfig const& config) noexcept;

    /// What came of a call, as far as the instance's health goes.
    enum class Verdict {
        good,
        failed,
        could_not_connect,  ///< Failed, too; so many in a row open the breaker by themselves.
        none                ///< Nothing that tells of the instance: the caller's fault, cancelled.
    };

    struct Change {
        BreakerState from;
        BreakerState to;
        /// How long no call is let through; only where `to` is `open`.
        std::chrono::milliseconds open_for{0};

        friend bool operator==(Change const&, Change const&) = default;
    };

    /// A call that was begun.
    class Ticket {
    public:
        [[nodiscard]] bool is_probe() const noexcept { return is_probe_; }
        /// Whether the state went from `open` to `half_open` with it.
        [[nodiscard]] bool is_first_probe() const noexcept { return is_first_probe_; }

    private:
        friend class Breaker;
        Ticket(std::uint64_t epoch, bool is_probe, bool is_first_probe) noexcept
            : epoch_(epoch), is_probe_(is_probe), is_first_probe_(is_first_probe) {}

        std::uint64_t epoch_;
        bool is_probe_;
        bool is_first_probe_;
    };

    /// Open and the time is over: that is `half_open`, though no probe has begun yet.
    [[nodiscard]] BreakerState state(TimePoint now) const noexcept;
    /// Whether a call may begin: any if closed, one at a time if half open.
    [[nodiscard]] bool lets_through(TimePoint now) const noexcept;
    /// Only if `open`.
    [[nodiscard]] TimePoint reopens_at() const noexcept { return reopens_at_; }

    /// Begins a call, whether or not it would be let through: where every instance is open, asking
    /// one is better than failing. It is a probe then, and the state is `half_open` whatever time
    /// it is. Each ticket has to be given to `end` once, or the place of a probe stays taken.
    /// Precondition: not `isolated`.
    [[nodiscard]] Ticket begin() noexcept;

    /// What came of it, and the change that this made. What began before the last change, other
    /// than one to `half_open`, tells of the past and counts for nothing. `draw`, from 0 to below
    /// 1, is the jitter of an opening.
    std::optional<Change> end(Ticket ticket, Verdict verdict, TimePoint now, double draw) noexcept;

    /// Lets nothing through until `restore`. Nothing if it was isolated already.
    std::optional<Change> isolate(TimePoint now) noexcept;
    /// Closes, whatever the state was, and forgets all that was. Nothing if it was closed already.
    std::optional<Change> restore(TimePoint now) noexcept;

private:
    std::optional<Change> end_call(Verdict verdict, TimePoint now, double draw) noexcept;
    std::optional<Change> end_probe(Verdict verdict, TimePoint now, double draw) noexcept;
    [[nodiscard]] bool fails_too_often() const noexcept;

    Change open(TimePoint now, double draw) noexcept;
    Change close(BreakerState from) noexcept;
    /// A new epoch: nothing is kept of what was counted in the last one.
    void enter(BreakerState state) noexcept;

    BreakerConfig config_;
    BreakerState state_{BreakerState::closed};
    /// Counts the changes, except for those to `half_open`.
    std::uint64_t epoch_{0};

    // Closed.
    CallWindow window_;
    /// Connections in a row that could not be opened.
    std::size_t row_{0};

    // Open.
    /// Without jitter.
    std::chrono::milliseconds next_opening_;
    TimePoint reopens_at_{};

    // Half open.
    /// Under way.
    std::size_t probes_{0};
    /// In a row, as a failed one ends the epoch.
    std::size_t good_probes_{0};
};

}  // namespace otp::delivery
