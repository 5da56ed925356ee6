// Decisions about many candidates, held against decisions about fewer of them and about other
// times. next_step_test.cpp goes through all pairs; what follows here carries that to any number.

#include "delivery/decide/next_step.hpp"
#include "unit/delivery/properties/generators.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <optional>
#include <ostream>
#include <rapidcheck/gtest.h>
#include <utility>
#include <variant>
#include <vector>

namespace otp::delivery {

void showValue(Step const& step, std::ostream& out) {
    if (auto const* const ask = std::get_if<Ask>(&step)) {
        out << "ask " << ask->candidate << " (" << to_string(ask->reason) << ')';
    } else if (auto const* const wait = std::get_if<Wait>(&step)) {
        out << "wait for " << wait->candidate << " (" << to_string(wait->reason) << ')';
    } else {
        out << "stop (" << to_string(std::get<Stop>(step).reason) << ')';
    }
}

void showValue(Candidate const& candidate, std::ostream& out) {
    auto const& availability = candidate.availability;
    out << "\n  attempts " << candidate.attempts << '/' << candidate.max_attempts;
    if (candidate.fault) out << ", fault " << static_cast<int>(*candidate.fault);
    if (candidate.left_open) out << ", left open";
    if (candidate.repetition_documented) out << ", documented";
    out << ", " << to_string(availability.breaker)
        << (availability.lets_through ? ", lets through" : "") << ", rests until "
        << availability.rests_until.time_since_epoch().count() << ", not before "
        << candidate.not_before.time_since_epoch().count() << ", repeat " << availability.may_repeat
        << availability.may_repeat_after_rest;
}

namespace {

using namespace std::chrono_literals;
using TimePoint = Clock::TimePoint;
using Candidates = std::vector<Candidate>;

constexpr TimePoint now{100s};
constexpr TimePoint deadline{110s};

/// The past, now, and before and after the deadline.
rc::Gen<TimePoint> any_time() {
    return rc::gen::weightedOneOf<TimePoint>(
        {{2, rc::gen::just(TimePoint::min())},
         {1, rc::gen::just(now)},
         {1, rc::gen::just(deadline)},
         {3, rc::gen::map(test::between(-3s, 13s), [](auto length) { return now + length; })}}
    );
}

rc::Gen<std::optional<Fault>> any_fault(bool may_end) {
    std::vector<std::optional<Fault>> faults{
        std::nullopt,
        std::nullopt,
        Fault::cannot_serve,
        Fault::network,
        Fault::network,
        Fault::busy,
        Fault::busy,
        Fault::account,
        Fault::vendor};
    if (may_end) faults.insert(faults.end(), {Fault::unknown, Fault::request, Fault::ended});
    return rc::gen::elementOf(faults);
}

rc::Gen<Availability> any_availability() {
    auto const made = rc::gen::build<Availability>(
        rc::gen::set(
            &Availability::breaker,
            rc::gen::weightedElement<BreakerState>(
                {{5, BreakerState::closed},
                 {2, BreakerState::open},
                 {2, BreakerState::half_open},
                 {1, BreakerState::isolated}}
            )
        ),
        // Of a half open one.
        rc::gen::set(&Availability::lets_through, rc::gen::arbitrary<bool>()),
        rc::gen::set(&Availability::reopens_at, any_time()),
        rc::gen::set(&Availability::rests_until, any_time()),
        rc::gen::set(&Availability::may_repeat, rc::gen::arbitrary<bool>()),
        rc::gen::set(&Availability::may_repeat_after_rest, rc::gen::arbitrary<bool>())
    );
    return rc::gen::map(made, [](Availability availability) {
        if (availability.breaker == BreakerState::closed) availability.lets_through = true;
        bool const lets_nothing_through = availability.breaker == BreakerState::open ||
                                          availability.breaker == BreakerState::isolated;
        if (lets_nothing_through) availability.lets_through = false;
        return availability;
    });
}

rc::Gen<Candidate> any_candidate(bool may_end) {
    auto const made = rc::gen::build<Candidate>(
        rc::gen::set(&Candidate::availability, any_availability()),
        rc::gen::set(&Candidate::attempts, rc::gen::inRange<std::size_t>(0, 4)),
        rc::gen::set(&Candidate::max_attempts, rc::gen::inRange<std::size_t>(1, 5)),
        rc::gen::set(&Candidate::fault, any_fault(may_end)),
        rc::gen::set(
            &Candidate::left_open,
            may_end ? rc::gen::weightedElement<bool>({{9, false}, {1, true}}) : rc::gen::just(false)
        ),
        rc::gen::set(&Candidate::repetition_documented, rc::gen::arbitrary<bool>()),
        rc::gen::set(&Candidate::not_before, any_time())
    );
    return rc::gen::map(made, [](Candidate candidate) {
        if (!candidate.fault) {
            candidate.attempts = 0;
            candidate.left_open = false;
            candidate.not_before = TimePoint::min();
        }
        candidate.left_open = candidate.left_open || candidate.fault == Fault::unknown;
        return candidate;
    });
}

rc::Gen<Candidates> any_candidates(bool may_end) {
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 9), [may_end](std::size_t count) {
        return rc::gen::container<Candidates>(count, any_candidate(may_end));
    });
}

/// Of whom none may be asked at once.
rc::Gen<Candidates> waiting_candidates() {
    auto const whole = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - now);
    auto const pause = rc::gen::oneOf(test::between(1ms, 13s), rc::gen::just(whole));
    auto const waiting = rc::gen::map(
        rc::gen::pair(any_candidate(false), pause),
        [](std::pair<Candidate, std::chrono::milliseconds> made) {
            made.first.availability.rests_until = now + made.second;
            return made.first;
        }
    );
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 9), [waiting](std::size_t count) {
        return rc::gen::container<Candidates>(count, waiting);
    });
}

/// With the candidates as they are while it lives.
Situation any_situation(Candidates const& candidates) {
    Situation situation{candidates};
    for (auto const& candidate : candidates) situation.attempts += candidate.attempts;
    situation.max_attempts = *rc::gen::inRange<std::size_t>(1, 30);
    situation.on_unknown =
        *rc::gen::element(OnUnknown::stop, OnUnknown::retry_if_documented, OnUnknown::failover);
    situation.now = now;
    situation.deadline = deadline;
    return situation;
}

std::optional<std::size_t> chosen(Step const& step) {
    if (auto const* const ask = std::get_if<Ask>(&step)) return ask->candidate;
    if (auto const* const wait = std::get_if<Wait>(&step)) return wait->candidate;
    return std::nullopt;
}

/// The same step, at a candidate of another number.
Step renumbered(Step step, std::size_t candidate) {
    if (auto* const ask = std::get_if<Ask>(&step)) ask->candidate = candidate;
    if (auto* const wait = std::get_if<Wait>(&step)) wait->candidate = candidate;
    return step;
}

RC_GTEST_PROP(NextStepProperty, WhoIsNotChosenDoesNotMatter, ()) {
    auto const candidates = *any_candidates(true);
    auto const situation = any_situation(candidates);
    auto const step = next_step(situation);
    auto const choice = chosen(step);
    RC_PRE(choice.has_value());
    for (std::size_t left_out = 0; left_out < candidates.size(); ++left_out) {
        if (left_out == *choice) continue;
        auto others = candidates;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
        auto without = situation;
        without.candidates = others;
        auto const place = *choice - (left_out < *choice ? 1 : 0);
        RC_ASSERT(next_step(without) == renumbered(step, place));
    }
}

// Where nothing that happened ends the operation.
RC_GTEST_PROP(NextStepProperty, ItStopsOnlyIfEachCandidateAloneWouldHaveItStop, ()) {
    auto const candidates = *any_candidates(false);
    auto const situation = any_situation(candidates);
    bool const stops = std::holds_alternative<Stop>(next_step(situation));
    bool const each_stops =
        std::all_of(candidates.begin(), candidates.end(), [&situation](Candidate const& candidate) {
            auto alone = situation;
            alone.candidates = {&candidate, 1};
            return std::holds_alternative<Stop>(next_step(alone));
        });
    RC_ASSERT(stops == each_stops);
}

// Whoever is woken early waits on for the same, and whoever is woken in time asks: the one that was
// waited for, unless one that was not asked yet has just become ready, too.
RC_GTEST_PROP(NextStepProperty, AWaitIsKeptToAndEndsInItsAttempt, ()) {
    auto const candidates = *waiting_candidates();
    auto situation = any_situation(candidates);
    auto const step = next_step(situation);
    RC_PRE(std::holds_alternative<Wait>(step));
    auto const wait = std::get<Wait>(step);
    auto const share = *test::any_draw();
    situation.now += std::chrono::duration_cast<Clock::TimePoint::duration>(
        std::chrono::duration<double, TimePoint::period>(wait.until - now) * share
    );
    RC_ASSERT(wait.until < deadline);
    RC_ASSERT(situation.now < wait.until);
    auto const early = next_step(situation);
    RC_ASSERT(std::holds_alternative<Wait>(early));
    RC_ASSERT(chosen(early) == wait.candidate);
    RC_ASSERT(std::get<Wait>(early).until == wait.until);
    situation.now = wait.until;
    auto const in_time = next_step(situation);
    RC_ASSERT(std::holds_alternative<Ask>(in_time));
    auto const asked = std::get<Ask>(in_time).candidate;
    bool const is_new = candidates[asked].attempts == 0 && !candidates[asked].fault;
    bool const is_ready_since_now = candidates[asked].availability.rests_until == wait.until;
    RC_ASSERT(asked == wait.candidate || (is_new && is_ready_since_now));
}

// More time may bring an attempt where there was none, and changes nothing of a wait.
RC_GTEST_PROP(NextStepProperty, ALaterDeadlineTakesNothingAway, ()) {
    auto const candidates = *any_candidates(true);
    auto situation = any_situation(candidates);
    auto const step = next_step(situation);
    situation.deadline += *test::between(0ms, 10s);
    auto const later = next_step(situation);
    if (std::holds_alternative<Wait>(step)) RC_ASSERT(later == step);
    if (std::holds_alternative<Ask>(step)) RC_ASSERT(!std::holds_alternative<Stop>(later));
    if (!std::holds_alternative<Stop>(step) || std::holds_alternative<Stop>(later)) return;
    // What it would have begun was too late before, and says so unless a code may be on its way.
    auto const reason = std::get<Stop>(step).reason;
    RC_ASSERT(
        reason == DecisionReason::deadline_too_near || reason == DecisionReason::may_have_been_sent
    );
}

}  // namespace
}  // namespace otp::delivery
