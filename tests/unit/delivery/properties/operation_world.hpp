#pragma once

#include "delivery/decide/fault.hpp"
#include "delivery/roster/condition.hpp"
#include "delivery/roster/plan.hpp"
#include "delivery/run/course.hpp"

#include <otp/decision.hpp>
#include <otp/error.hpp>
#include <otp/route_config.hpp>
#include <otp/seam/clock.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <rapidcheck.h>
#include <utility>
#include <vector>

namespace otp::test {

/// What a route's operations find.
struct WorldSetup {
    struct OfInstance {
        DeliveryConfig delivery;
        /// Whether its adapter can put the requests into the vendor's words.
        bool serves{true};
    };

    std::vector<OfInstance> instances;
    OnUnknown on_unknown{OnUnknown::stop};
    /// Nothing: no route, and as many as the instances allow.
    std::optional<std::size_t> max_attempts;
    std::chrono::milliseconds deadline{1000};
};

/// What happens next, some time after the last; what cannot happen does not.
struct WorldEvent {
    enum class Kind {
        operation,  ///< One begins.
        answer,     ///< One of the attempts under way ends.
        give_up,    ///< The caller of one of these cancels it.
        isolate,
        restore,
    };

    Kind kind{Kind::answer};
    std::chrono::milliseconds pause{0};
    /// Which attempt or instance.
    std::size_t which{0};
    /// For backoff and jitter.
    double draw{0};

    /// Of an answer; nothing: a success.
    std::optional<ErrorCategory> failure{};
    Delivery delivery{Delivery::not_sent};
    ExchangePhase phase{ExchangePhase::done};
    std::optional<std::chrono::milliseconds> retry_after{};
    /// Whether the vendor's documents ask for a repetition, should the answer leave it open whether
    /// a code was sent.
    bool repetition_documented{false};
};

void showValue(WorldSetup const& setup, std::ostream& out);
void showValue(WorldEvent const& event, std::ostream& out);

[[nodiscard]] rc::Gen<WorldSetup> any_setup();
[[nodiscard]] rc::Gen<WorldSetup> any_setup(OnUnknown on_unknown);
/// Of many operations at once, and of the operator. Of five failures so many leave it open whether
/// a code was sent.
[[nodiscard]] rc::Gen<std::vector<WorldEvent>> any_events(std::size_t left_open = 1);
/// Of one operation: nothing but answers.
[[nodiscard]] rc::Gen<std::vector<WorldEvent>> any_answers();

/// One attempt, and what was true when it began.
struct Try {
    std::size_t instance;
    Clock::TimePoint begun;
    bool was_isolated{false};
    bool was_let_through{false};
    /// Until when the instance had asked to be left alone.
    Clock::TimePoint left_alone_until{Clock::TimePoint::min()};
    /// The end of the operation's own backoff.
    Clock::TimePoint held_back_until{Clock::TimePoint::min()};
    /// That of the operation's last attempt at the instance; nothing: this is the first.
    std::optional<delivery::Fault> repeats{};

    /// Nothing: it succeeded, or is under way.
    std::optional<delivery::Fault> fault{};
    bool repetition_documented{false};
};

/// An operation from its beginning to its end.
struct Story {
    struct Pause {
        Clock::TimePoint begun;
        Clock::TimePoint until;
        /// Attempts before it.
        std::size_t tries;
    };

    Clock::TimePoint deadline;
    std::vector<Try> tries{};
    std::vector<Pause> pauses{};
    std::size_t decisions{0};
    bool is_over{false};
    /// Nothing: it succeeded, or goes on.
    std::optional<DecisionReason> stop{};
};

/// Operations that obey `next_step`, as the loop does, at instances whose condition they share; and
/// what can be said of them without asking it.
class World {
public:
    using TimePoint = Clock::TimePoint;

    explicit World(WorldSetup const& setup);

    void begin_operation();
    void go_on(WorldEvent const& event);
    void go_on(std::vector<WorldEvent> const& events);
    /// Time passes, and brings neither an answer nor anything else.
    void let_all_end();

    [[nodiscard]] std::vector<Story> const& stories() const noexcept { return stories_; }
    [[nodiscard]] std::size_t under_way(std::size_t instance) const;
    [[nodiscard]] std::size_t told_under_way(std::size_t instance) const;
    /// What repetitions at the instance took out of its budget, and how often it served.
    [[nodiscard]] std::size_t paid(std::size_t instance) const { return paid_[instance]; }
    [[nodiscard]] std::size_t successes(std::size_t instance) const { return successes_[instance]; }

private:
    struct Operation {
        Operation(delivery::Plan its_plan, TimePoint deadline)
            : plan(std::move(its_plan)), course(plan, deadline) {}

        delivery::Plan plan;
        delivery::Course course;
        std::vector<TimePoint> held_back_until;
        /// One of the two, until it is over.
        std::optional<delivery::Condition::Attempt> attempt{};
        std::optional<TimePoint> wakes_at{};
    };

    void pass_time(TimePoint until);
    /// The next moment at which an operation does something by itself.
    [[nodiscard]] std::optional<std::pair<TimePoint, std::size_t>> next_alarm() const;
    /// One that has an attempt under way.
    [[nodiscard]] std::optional<std::size_t> any_that_asks(WorldEvent const& event) const;
    void answer(std::size_t number, WorldEvent const& event);
    void give_up(std::size_t number);
    void succeed(std::size_t number);
    void fail(std::size_t number, Error const& error, WorldEvent const& event);
    void keep_rest(std::size_t instance, Error const& error);
    void hold_back(std::size_t number, delivery::Fault fault, double draw);
    void decide(std::size_t number, std::optional<delivery::Fault> last_fault);
    void ask(std::size_t number, std::size_t instance);
    void end(std::size_t number, std::optional<DecisionReason> stop);

    [[nodiscard]] delivery::Condition& condition(std::size_t instance) const {
        return *instances_[instance]->condition;
    }

    WorldSetup setup_;
    std::vector<std::shared_ptr<delivery::Instance>> instances_;
    std::vector<bool> is_isolated_;
    std::vector<TimePoint> left_alone_until_;
    std::vector<std::size_t> paid_;
    std::vector<std::size_t> successes_;
    TimePoint now_{std::chrono::hours(1)};
    std::vector<std::unique_ptr<Operation>> operations_;
    std::vector<Story> stories_;
};

}  // namespace otp::test
