#pragma once

#include "delivery/decide/breaker.hpp"
#include "delivery/decide/next_step.hpp"
#include "delivery/decide/rest.hpp"
#include "delivery/decide/retry_budget.hpp"

#include <otp/delivery_config.hpp>
#include <otp/error_category.hpp>
#include <otp/instance_health.hpp>

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>

namespace otp::delivery {

/// How an instance is, as all operations together have found it: breaker, rest and budget. Survives
/// a reload that leaves the instance as it was.
///
/// Thread safety: all members may be called from several threads.
class Condition {
public:
    using TimePoint = Clock::TimePoint;
    using Milliseconds = std::chrono::milliseconds;

    explicit Condition(DeliveryConfig const& config);

    [[nodiscard]] Availability availability(TimePoint now) const;

    /// An attempt under way. Ends with no verdict if nobody gives one.
    class Attempt {
    public:
        Attempt(Condition& condition, Breaker::Ticket ticket) noexcept
            : condition_(&condition), ticket_(ticket) {}
        Attempt(Attempt&& other) noexcept;
        Attempt& operator=(Attempt&&) = delete;
        Attempt(Attempt const&) = delete;
        Attempt& operator=(Attempt const&) = delete;
        ~Attempt();

    private:
        friend class Condition;
        Condition* condition_;
        Breaker::Ticket ticket_;
    };

    /// What an attempt has changed, for those who watch.
    struct Changes {
        std::optional<Breaker::Change> breaker;
        /// How much longer the instance rests than it did anyway.
        std::optional<Milliseconds> rest;
    };
    /// Why an attempt failed.
    struct Failure {
        ErrorCategory category{ErrorCategory::internal};
        Breaker::Verdict verdict{Breaker::Verdict::none};
        /// Whether the vendor asked to be left alone, and for how long if it said so.
        bool asks_for_rest{false};
        std::optional<Milliseconds> retry_after{};
    };

    struct Begun {
        Attempt attempt;
        /// From `open` to `half_open`: this is the first probe.
        std::optional<Breaker::Change> change;
    };
    [[nodiscard]] Begun begin();
    Changes succeed(Attempt&& attempt, TimePoint now);
    /// `draw` from 0 to below 1 is the jitter of an opening.
    Changes fail(Attempt&& attempt, Failure const& failure, TimePoint now, double draw);

    /// Takes the cost of a repetition; false if there is too little.
    [[nodiscard]] bool take(RetryBudget::Kind kind);

    std::optional<Breaker::Change> isolate(TimePoint now);
    std::optional<Breaker::Change> restore(TimePoint now);

    /// Without the names.
    [[nodiscard]] InstanceHealth health(TimePoint now) const;

private:
    void abandon(Breaker::Ticket ticket) noexcept;

    mutable std::mutex mutex_;
    Breaker breaker_;
    Rest rest_;
    RetryBudget budget_;
    std::size_t in_flight_{0};
    std::optional<ErrorCategory> last_failure_;
    TimePoint last_failure_at_{};
};

}  // namespace otp::delivery
