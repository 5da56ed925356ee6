// Every kind of situation with one and with two candidates, held against the rules one by one.

#include "delivery/decide/next_step.hpp"

#include <array>
#include <gtest/gtest.h>
#include <optional>
#include <ostream>
#include <tuple>
#include <variant>
#include <vector>

namespace otp::delivery {

void PrintTo(Step const& step, std::ostream* out) {
    if (auto const* const ask = std::get_if<Ask>(&step)) {
        *out << "ask " << ask->candidate << " (" << to_string(ask->reason) << ')';
    } else if (auto const* const wait = std::get_if<Wait>(&step)) {
        *out << "wait for " << wait->candidate << " (" << to_string(wait->reason) << ')';
    } else {
        *out << "stop (" << to_string(std::get<Stop>(step).reason) << ')';
    }
}

namespace {

using namespace std::chrono_literals;

constexpr Clock::TimePoint now{100s};
constexpr Clock::TimePoint soon{101s};
constexpr Clock::TimePoint later{102s};
constexpr Clock::TimePoint deadline{110s};
constexpr Clock::TimePoint too_late{110s};

constexpr std::array faults{
    Fault::request,
    Fault::cannot_serve,
    Fault::network,
    Fault::busy,
    Fault::account,
    Fault::vendor,
    Fault::unknown,
    Fault::ended};
constexpr std::array choices{OnUnknown::stop, OnUnknown::retry_if_documented, OnUnknown::failover};

Candidate fresh() {
    Candidate candidate;
    candidate.max_attempts = 3;
    return candidate;
}

Candidate failed_with(Fault fault, std::size_t attempts = 1) {
    auto candidate = fresh();
    candidate.attempts = attempts;
    candidate.fault = fault;
    candidate.left_open = fault == Fault::unknown;
    return candidate;
}

Candidate open_until(Clock::TimePoint when, Candidate candidate = fresh()) {
    candidate.availability.breaker = BreakerState::open;
    candidate.availability.lets_through = false;
    candidate.availability.reopens_at = when;
    return candidate;
}

Candidate isolated(Candidate candidate = fresh()) {
    candidate.availability.breaker = BreakerState::isolated;
    candidate.availability.lets_through = false;
    return candidate;
}

Candidate resting_until(Clock::TimePoint when, Candidate candidate = fresh()) {
    candidate.availability.rests_until = when;
    return candidate;
}

Candidate not_before(Clock::TimePoint when, Candidate candidate) {
    candidate.not_before = when;
    return candidate;
}

Candidate without_budget(Candidate candidate) {
    candidate.availability.may_repeat = false;
    candidate.availability.may_repeat_after_rest = false;
    return candidate;
}

Situation situation_of(std::vector<Candidate> const& candidates) {
    Situation situation{candidates};
    for (auto const& candidate : candidates) situation.attempts += candidate.attempts;
    situation.max_attempts = 6;
    situation.now = now;
    situation.deadline = deadline;
    return situation;
}

Step step_for(
    std::vector<Candidate> const& candidates,
    OnUnknown on_unknown = OnUnknown::stop,
    std::optional<Fault> last_fault = std::nullopt
) {
    auto situation = situation_of(candidates);
    situation.on_unknown = on_unknown;
    situation.last_fault = last_fault;
    return next_step(situation);
}

Step ask(std::size_t candidate, DecisionReason reason) {
    return Ask{candidate, reason};
}
Step wait(std::size_t candidate, Clock::TimePoint until, DecisionReason reason) {
    return Wait{candidate, until, reason};
}
Step stop(DecisionReason reason) {
    return Stop{reason};
}

TEST(NextStep, TheFirstIsAskedFirst) {
    EXPECT_EQ(step_for({fresh()}), ask(0, DecisionReason::not_sent));
    EXPECT_EQ(step_for({fresh(), fresh(), fresh()}), ask(0, DecisionReason::not_sent));
}

TEST(NextStep, BehindAFailureTheNextIsAskedAtOnce) {
    struct Case {
        Fault fault;
        DecisionReason reason;
    };
    for (auto const& [fault, reason] :
         {Case{Fault::cannot_serve, DecisionReason::cannot_serve},
          Case{Fault::network, DecisionReason::not_sent},
          Case{Fault::busy, DecisionReason::throttled},
          Case{Fault::account, DecisionReason::account_refused},
          Case{Fault::vendor, DecisionReason::vendor_failed}}) {
        auto const failed = not_before(later, resting_until(later, failed_with(fault)));
        EXPECT_EQ(step_for({failed, fresh(), fresh()}, OnUnknown::stop, fault), ask(1, reason));
        EXPECT_EQ(step_for({fresh(), failed, fresh()}, OnUnknown::stop, fault), ask(0, reason));
    }
}

TEST(NextStep, ARefusedRequestGoesNowhereElse) {
    for (auto const on_unknown : choices) {
        EXPECT_EQ(
            step_for({failed_with(Fault::request), fresh()}, on_unknown),
            stop(DecisionReason::refused)
        );
        EXPECT_EQ(
            step_for({failed_with(Fault::ended), fresh()}, on_unknown),
            stop(DecisionReason::failed_here)
        );
    }
}

TEST(NextStep, WhatMayHaveBeenSentIsNotSentOnceMore) {
    auto undocumented = failed_with(Fault::unknown);
    auto documented = undocumented;
    documented.repetition_documented = true;
    auto const open_outcome = stop(DecisionReason::may_have_been_sent);
    for (auto const& candidate : {undocumented, documented}) {
        EXPECT_EQ(step_for({candidate}), open_outcome);
        EXPECT_EQ(step_for({candidate, fresh()}), open_outcome);
        EXPECT_EQ(step_for({candidate}, OnUnknown::failover), open_outcome);
        EXPECT_EQ(
            step_for({candidate, fresh()}, OnUnknown::failover, Fault::unknown),
            ask(1, DecisionReason::failover_allowed)
        );
    }
    EXPECT_EQ(step_for({undocumented, fresh()}, OnUnknown::retry_if_documented), open_outcome);
    // The same one again, and nobody else.
    EXPECT_EQ(
        step_for({documented, fresh()}, OnUnknown::retry_if_documented, Fault::unknown),
        ask(0, DecisionReason::retry_documented)
    );
    EXPECT_EQ(
        step_for({fresh(), not_before(soon, documented)}, OnUnknown::retry_if_documented),
        wait(1, soon, DecisionReason::retry_documented)
    );
    // Nor if the repetition did not get there; then it is made again.
    for (auto const fault : {Fault::network, Fault::busy}) {
        auto repeated = failed_with(fault, 2);
        repeated.left_open = true;
        EXPECT_EQ(
            step_for({repeated, fresh()}, OnUnknown::retry_if_documented, fault),
            ask(0, reason_to_go_on(fault))
        );
        EXPECT_EQ(step_for({repeated, fresh()}, OnUnknown::stop, fault), open_outcome);
    }
    for (auto const fault : {Fault::account, Fault::vendor, Fault::cannot_serve}) {
        auto repeated = failed_with(fault, 2);
        repeated.left_open = true;
        EXPECT_EQ(
            step_for({repeated, fresh()}, OnUnknown::retry_if_documented, fault), open_outcome
        );
    }
    for (auto const& barred :
         {without_budget(documented),
          isolated(documented),
          open_until(soon, documented),
          not_before(too_late, documented),
          [&] {
              auto used_up = documented;
              used_up.attempts = used_up.max_attempts;
              return used_up;
          }()}) {
        EXPECT_EQ(step_for({barred, fresh()}, OnUnknown::retry_if_documented), open_outcome);
    }
}

TEST(NextStep, WithNoOtherLeftTheSameIsAskedAgainLater) {
    auto const failed = not_before(soon, failed_with(Fault::network));
    EXPECT_EQ(
        step_for({failed}, OnUnknown::stop, Fault::network), wait(0, soon, DecisionReason::not_sent)
    );
    EXPECT_EQ(
        step_for({not_before(now, failed)}, OnUnknown::stop, Fault::network),
        ask(0, DecisionReason::not_sent)
    );
    EXPECT_EQ(
        step_for({resting_until(soon, failed_with(Fault::busy))}, OnUnknown::stop, Fault::busy),
        wait(0, soon, DecisionReason::throttled)
    );
    // Backoff and rest: the later of the two.
    EXPECT_EQ(step_for({resting_until(later, failed)}), wait(0, later, DecisionReason::not_sent));
    // The first that may be asked; of two at once the first in order.
    EXPECT_EQ(
        step_for({not_before(later, failed), failed}), wait(1, soon, DecisionReason::not_sent)
    );
    EXPECT_EQ(step_for({failed, failed}), wait(0, soon, DecisionReason::not_sent));
    // One that rests and was not asked yet waits like the others.
    EXPECT_EQ(step_for({failed, resting_until(later)}), wait(0, soon, DecisionReason::not_sent));
    EXPECT_EQ(
        step_for({not_before(later, failed), resting_until(soon)}),
        wait(1, soon, DecisionReason::resting)
    );
}

TEST(NextStep, AWaitNamesWhoIsAskedThen) {
    auto const failed = not_before(soon, failed_with(Fault::network));
    auto const resting = resting_until(soon);
    for (auto const& [first, second, asked] :
         {std::tuple(failed, resting, 1U), std::tuple(resting, failed, 0U)}) {
        auto const step = step_for({first, second});
        ASSERT_TRUE(std::holds_alternative<Wait>(step));
        EXPECT_EQ(std::get<Wait>(step).candidate, asked);
        EXPECT_EQ(std::get<Wait>(step).until, soon);
    }
}

TEST(NextStep, TheAccountsAndTheVendorsFaultsAreNotRepeated) {
    for (auto const fault : {Fault::cannot_serve, Fault::account, Fault::vendor}) {
        EXPECT_EQ(step_for({failed_with(fault)}), stop(DecisionReason::no_instance_left));
    }
}

TEST(NextStep, NothingBeginsThatCannotBeginBeforeTheDeadline) {
    auto const failed = failed_with(Fault::network);
    EXPECT_EQ(step_for({not_before(too_late, failed)}), stop(DecisionReason::deadline_too_near));
    EXPECT_EQ(step_for({resting_until(too_late)}), stop(DecisionReason::deadline_too_near));
    EXPECT_EQ(
        step_for({not_before(too_late - 1ns, failed)}),
        wait(0, too_late - 1ns, DecisionReason::not_sent)
    );
    auto over = situation_of({});
    std::vector<Candidate> const candidates{failed, fresh()};
    over.candidates = candidates;
    over.attempts = 1;
    over.now = deadline;
    EXPECT_EQ(next_step(over), stop(DecisionReason::deadline_exceeded));
    over.now = deadline - 1ns;
    EXPECT_EQ(next_step(over), ask(1, DecisionReason::not_sent));
    // The first attempt is made whatever its time: what it runs out of, the transport says.
    over.now = deadline;
    over.attempts = 0;
    EXPECT_EQ(next_step(over), ask(1, DecisionReason::not_sent));
}

TEST(NextStep, AttemptsAreLimitedAtOneInstanceAndInAll) {
    EXPECT_EQ(step_for({failed_with(Fault::network, 2)}), ask(0, DecisionReason::not_sent));
    EXPECT_EQ(step_for({failed_with(Fault::network, 3)}), stop(DecisionReason::attempts_used_up));
    std::vector<Candidate> const candidates{failed_with(Fault::network, 2), fresh()};
    auto situation = situation_of(candidates);
    situation.max_attempts = 3;
    EXPECT_EQ(next_step(situation), ask(1, DecisionReason::not_sent));
    situation.max_attempts = 2;
    EXPECT_EQ(next_step(situation), stop(DecisionReason::attempts_used_up));
}

TEST(NextStep, TheBudgetIsAskedForRepetitionsOnly) {
    EXPECT_EQ(step_for({without_budget(fresh())}), ask(0, DecisionReason::not_sent));
    EXPECT_EQ(
        step_for({without_budget(failed_with(Fault::network))}), stop(DecisionReason::budget_empty)
    );
    // Each kind of repetition has its own price.
    auto retry_only = failed_with(Fault::network);
    retry_only.availability.may_repeat_after_rest = false;
    EXPECT_EQ(step_for({retry_only}), ask(0, DecisionReason::not_sent));
    retry_only.fault = Fault::busy;
    EXPECT_EQ(step_for({retry_only}), stop(DecisionReason::budget_empty));
    auto rest_only = failed_with(Fault::busy);
    rest_only.availability.may_repeat = false;
    EXPECT_EQ(step_for({rest_only}), ask(0, DecisionReason::throttled));
    rest_only.fault = Fault::network;
    EXPECT_EQ(step_for({rest_only}), stop(DecisionReason::budget_empty));
}

TEST(NextStep, AnOpenBreakerIsPassedOver) {
    EXPECT_EQ(step_for({open_until(soon), fresh()}), ask(1, DecisionReason::not_sent));
    // Rather a repetition at a closed one.
    EXPECT_EQ(
        step_for({open_until(soon), not_before(later, failed_with(Fault::network))}),
        wait(1, later, DecisionReason::not_sent)
    );
}

TEST(NextStep, IfAllAreOpenTheFirstToReopenIsTried) {
    EXPECT_EQ(step_for({open_until(soon)}), ask(0, DecisionReason::not_sent));
    EXPECT_EQ(step_for({open_until(later), open_until(soon)}), ask(1, DecisionReason::not_sent));
    EXPECT_EQ(step_for({open_until(soon), open_until(soon)}), ask(0, DecisionReason::not_sent));
    EXPECT_EQ(step_for({isolated(), open_until(soon)}), ask(1, DecisionReason::not_sent));
    // But not again, and not while it rests.
    EXPECT_EQ(
        step_for({open_until(soon, failed_with(Fault::network))}),
        stop(DecisionReason::no_instance_left)
    );
    EXPECT_EQ(
        step_for({resting_until(soon, open_until(soon))}), stop(DecisionReason::deadline_too_near)
    );
}

TEST(NextStep, WhoIsIsolatedIsNeverAsked) {
    EXPECT_EQ(step_for({isolated()}), stop(DecisionReason::isolated));
    EXPECT_EQ(step_for({isolated(), fresh()}), ask(1, DecisionReason::not_sent));
    EXPECT_EQ(step_for({isolated(failed_with(Fault::network))}), stop(DecisionReason::isolated));
}

TEST(NextStep, OfSeveralReasonsToStopOneIsNamed) {
    // From the strongest to the weakest.
    struct Case {
        Candidate candidate;
        DecisionReason reason;
    };
    std::vector<Case> const cases{
        {not_before(too_late, failed_with(Fault::network)), DecisionReason::deadline_too_near},
        {without_budget(failed_with(Fault::network)), DecisionReason::budget_empty},
        {failed_with(Fault::network, 3), DecisionReason::attempts_used_up},
        {isolated(), DecisionReason::isolated},
        {failed_with(Fault::account), DecisionReason::no_instance_left}};
    for (std::size_t strong = 0; strong < cases.size(); ++strong) {
        for (std::size_t weak = strong; weak < cases.size(); ++weak) {
            auto const& candidate = cases[strong].candidate;
            auto const& other = cases[weak].candidate;
            EXPECT_EQ(step_for({candidate, other}), stop(cases[strong].reason)) << strong << weak;
            EXPECT_EQ(step_for({other, candidate}), stop(cases[strong].reason)) << strong << weak;
        }
    }
}

TEST(WhyUnavailable, NamesTheStrongestReason) {
    EXPECT_EQ(why_unavailable({}, now), std::nullopt);
    auto const resting = resting_until(soon).availability;
    EXPECT_EQ(why_unavailable(resting, now), DecisionReason::resting);
    EXPECT_EQ(why_unavailable(resting, soon), std::nullopt);
    auto const open = resting_until(soon, open_until(later)).availability;
    EXPECT_EQ(why_unavailable(open, now), DecisionReason::breaker_open);
    auto const out = isolated(resting_until(soon)).availability;
    EXPECT_EQ(why_unavailable(out, now), DecisionReason::isolated);
}

/// All that a candidate can be, for the exhaustive test.
std::vector<Candidate> all_candidates() {
    std::vector<Candidate> all;
    std::vector<std::optional<Fault>> kinds{std::nullopt};
    kinds.insert(kinds.end(), faults.begin(), faults.end());
    for (auto const& fault : kinds) {
        for (std::size_t const attempts : {0U, 1U, 3U}) {
            if (!fault && attempts != 0) continue;
            for (int breaker = 0; breaker < 5; ++breaker) {
                for (auto const ready : {Clock::TimePoint::min(), soon, too_late}) {
                    for (bool const budget : {true, false}) {
                        if (attempts == 0 && !budget) continue;
                        auto candidate = fresh();
                        candidate.fault = fault;
                        candidate.attempts = attempts;
                        if (breaker == 1) candidate = open_until(soon, candidate);
                        if (breaker == 2) candidate = isolated(candidate);
                        if (breaker >= 3) {
                            candidate.availability.breaker = BreakerState::half_open;
                            candidate.availability.lets_through = breaker == 3;
                        }
                        candidate =
                            fault ? not_before(ready, candidate) : resting_until(ready, candidate);
                        if (!budget) candidate = without_budget(candidate);
                        candidate.repetition_documented = fault == Fault::unknown && budget;
                        candidate.left_open = fault == Fault::unknown;
                        all.push_back(candidate);
                        if (fault != Fault::network) continue;
                        // What had been left open before.
                        candidate.left_open = true;
                        all.push_back(candidate);
                    }
                }
            }
        }
    }
    return all;
}

/// The rules, said once more without their order.
class Rules {
public:
    explicit Rules(Situation const& situation) : situation_(situation) {}

    [[nodiscard]] bool is_over() const {
        return any(Fault::request) || any(Fault::ended) ||
               situation_.attempts >= situation_.max_attempts ||
               (situation_.attempts > 0 && situation_.now >= situation_.deadline) ||
               (any_left_open() && situation_.on_unknown == OnUnknown::stop);
    }

    /// Whether somebody could be asked, now or before the deadline, breakers aside.
    [[nodiscard]] bool may_be_asked(std::size_t place) const {
        auto const& candidate = situation_.candidates[place];
        if (is_over() || candidate.availability.breaker == BreakerState::isolated) return false;
        if (candidate.attempts >= candidate.max_attempts) return false;
        bool const repeats = situation_.on_unknown == OnUnknown::retry_if_documented;
        if (candidate.fault) {
            bool const passes =
                candidate.fault == Fault::network || candidate.fault == Fault::busy ||
                (candidate.fault == Fault::unknown && repeats && candidate.repetition_documented);
            if (!passes) return false;
            bool const budget = candidate.fault == Fault::busy
                                    ? candidate.availability.may_repeat_after_rest
                                    : candidate.availability.may_repeat;
            if (candidate.attempts > 0 && !budget) return false;
        }
        // Of what is to be repeated nobody else may be asked but the first that left it open.
        if (repeats && any_left_open() && place != first_left_open()) return false;
        return ready_at(place) < situation_.deadline;
    }
    [[nodiscard]] bool lets_through(std::size_t place) const {
        return situation_.candidates[place].availability.lets_through;
    }
    [[nodiscard]] Clock::TimePoint ready_at(std::size_t place) const {
        auto const& candidate = situation_.candidates[place];
        return std::max({situation_.now, candidate.not_before, candidate.availability.rests_until});
    }
    [[nodiscard]] bool is_fresh(std::size_t place) const {
        return situation_.candidates[place].attempts == 0 && !situation_.candidates[place].fault;
    }
    [[nodiscard]] bool any(Fault fault) const {
        for (auto const& candidate : situation_.candidates) {
            if (candidate.fault == fault) return true;
        }
        return false;
    }

    [[nodiscard]] bool any_left_open() const {
        return first_left_open() < situation_.candidates.size();
    }

private:
    [[nodiscard]] std::size_t first_left_open() const {
        std::size_t place = 0;
        while (place < situation_.candidates.size() && !situation_.candidates[place].left_open) {
            ++place;
        }
        return place;
    }

    Situation const& situation_;
};

void hold(Situation const& situation) {
    Rules const rules(situation);
    auto const step = next_step(situation);
    auto const count = situation.candidates.size();
    if (auto const* const next = std::get_if<Ask>(&step)) {
        ASSERT_TRUE(rules.may_be_asked(next->candidate)) << "not to be asked";
        ASSERT_LE(rules.ready_at(next->candidate), situation.now) << "not yet";
        for (std::size_t place = 0; place < count; ++place) {
            bool const usable = rules.may_be_asked(place) && rules.lets_through(place);
            if (!rules.lets_through(next->candidate)) {
                ASSERT_FALSE(usable) << "an open one was asked while another was usable";
            }
            bool const earlier = usable && rules.is_fresh(place) && place < next->candidate &&
                                 rules.ready_at(place) <= situation.now;
            ASSERT_FALSE(earlier) << "one before it in the order was passed over";
        }
    } else if (auto const* const pause = std::get_if<Wait>(&step)) {
        ASSERT_TRUE(rules.may_be_asked(pause->candidate)) << "not to be asked";
        ASSERT_TRUE(rules.lets_through(pause->candidate)) << "waits for an open one";
        ASSERT_EQ(pause->until, rules.ready_at(pause->candidate));
        ASSERT_GT(pause->until, situation.now);
        ASSERT_LT(pause->until, situation.deadline);
        for (std::size_t place = 0; place < count; ++place) {
            bool const usable = rules.may_be_asked(place) && rules.lets_through(place);
            ASSERT_TRUE(!usable || rules.ready_at(place) >= pause->until) << "another is sooner";
        }
    } else {
        for (std::size_t place = 0; place < count; ++place) {
            bool const usable = rules.may_be_asked(place) && rules.lets_through(place);
            ASSERT_FALSE(usable) << "stopped though " << place << " was usable";
            bool const may_be_tried = rules.may_be_asked(place) && rules.is_fresh(place) &&
                                      rules.ready_at(place) <= situation.now;
            ASSERT_FALSE(may_be_tried) << "stopped though " << place << " could be tried";
        }
        bool const says_open = std::get<Stop>(step).reason == DecisionReason::may_have_been_sent;
        if (says_open) {
            ASSERT_TRUE(rules.any_left_open()) << "nothing was sent";
        }
    }
}

TEST(NextStep, FollowsTheRulesWhateverTheSituation) {
    auto const all = all_candidates();
    std::size_t situations = 0;
#ifdef OTP_SANITIZED_TESTS
    constexpr std::size_t step = 7;
#else
    constexpr std::size_t step = 1;
#endif
    for (auto const& first : all) {
        for (std::size_t place = 0; place < all.size(); place += step) {
            auto const& second = all[place];
            // No operation goes on behind these; two of them are one and the same.
            bool const is_over = first.fault == Fault::request || first.fault == Fault::ended;
            if (is_over && place > 0) continue;
            std::array const candidates{first, second};
            for (auto const on_unknown : choices) {
                Situation situation{candidates};
                situation.attempts = first.attempts + second.attempts;
                situation.on_unknown = on_unknown;
                situation.now = now;
                situation.deadline = deadline;
                for (std::size_t const most : {4U, 20U}) {
                    // Where neither limit is reached, both say the same.
                    if (most == 4 && situation.attempts < most) continue;
                    situation.max_attempts = most;
                    hold(situation);
                    ++situations;
                    if (::testing::Test::HasFatalFailure()) {
                        FAIL() << "situation " << situations << ": "
                               << ::testing::PrintToString(next_step(situation));
                    }
                }
            }
        }
    }
    EXPECT_GT(situations, 100000U);
}

}  // namespace
}  // namespace otp::delivery
