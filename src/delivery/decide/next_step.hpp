#pragma once

#include "delivery/decide/fault.hpp"

#include <otp/decision.hpp>
#include <otp/instance_health.hpp>
#include <otp/route_config.hpp>
#include <otp/seam/clock.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <variant>

namespace otp::delivery {

/// What is true of an instance for all operations at one moment.
struct Availability {
    BreakerState breaker{BreakerState::closed};
    /// Whether a request would be let through: always if closed, one at a time if half open.
    bool lets_through{true};
    /// Only if the breaker is open.
    Clock::TimePoint reopens_at{};
    /// The past, if it does not rest.
    Clock::TimePoint rests_until{Clock::TimePoint::min()};
    /// Whether the budget allows a repetition, and one after a rest.
    bool may_repeat{true};
    bool may_repeat_after_rest{true};
};

/// One of the instances that an operation may ask, in the order of its plan.
struct Candidate {
    Availability availability;
    std::size_t attempts{0};
    std::size_t max_attempts{1};
    /// Of the operation's last attempt at it.
    std::optional<Fault> fault{};
    /// Whether an attempt at it, the last one or one before, left it open whether a code was sent.
    bool left_open{false};
    /// Whether the vendor's documents ask for a repetition after the last answer, which left it
    /// open.
    bool repetition_documented{false};
    /// Backoff: not asked again before.
    Clock::TimePoint not_before{Clock::TimePoint::min()};
};

/// All that a decision is made from.
struct Situation {
    std::span<Candidate const> candidates;
    /// Of all candidates.
    std::size_t attempts{0};
    std::size_t max_attempts{1};
    OnUnknown on_unknown{OnUnknown::stop};
    Clock::TimePoint now{};
    Clock::TimePoint deadline{};
    /// Of the attempt that has just failed; nothing before the first one, and after a wait.
    std::optional<Fault> last_fault{};
};

/// An attempt at a candidate now.
struct Ask {
    std::size_t candidate;
    DecisionReason reason;

    friend bool operator==(Ask const&, Ask const&) = default;
};
/// Nothing can be asked yet; then there is a decision to be made once more.
struct Wait {
    /// Who would be asked.
    std::size_t candidate;
    Clock::TimePoint until;
    DecisionReason reason;

    friend bool operator==(Wait const&, Wait const&) = default;
};
/// Nothing further is tried.
struct Stop {
    DecisionReason reason;

    friend bool operator==(Stop const&, Stop const&) = default;
};
using Step = std::variant<Ask, Wait, Stop>;

/// What to do next. The first of these that applies:
///
/// 1. The request itself was refused: stop. A code may have been sent: what `on_unknown` says. As
///    many attempts as are allowed were made, or the time is over: stop.
/// 2. The first candidate that was not asked yet and that nothing speaks against is asked.
/// 3. Of those that rest, that were not reached or that are to be left alone for a while: the one
///    that may be asked first, if that is before the deadline. One whose account was refused or
///    that failed is not asked again.
/// 4. One that has not been asked and whose breaker lets nothing through, the one that reopens
///    first: if all are open, asking is better than failing.
/// 5. Stop. Of several reasons it is the first of these: the deadline is too near, the budget is
///    empty, the attempts at an instance are used up, an instance is isolated. So `isolated` is a
///    reason only where no later operation could do better until somebody restores the instance.
///
/// Pure: the same situation, the same step.
[[nodiscard]] Step next_step(Situation const& situation) noexcept;

/// Why a candidate is not asked now although nothing of this operation speaks against it; nothing
/// if it may be.
[[nodiscard]] std::optional<DecisionReason> why_unavailable(
    Availability const& availability, Clock::TimePoint now
) noexcept;

}  // namespace otp::delivery
