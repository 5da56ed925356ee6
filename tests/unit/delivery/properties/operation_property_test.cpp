// Operations from their beginning to their end, many at once at the same instances: what must hold
// of each, whatever answers come, when they come, and whoever takes instances out of service.

#include "unit/delivery/properties/operation_world.hpp"

#include <algorithm>
#include <cstddef>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <rapidcheck/gtest.h>
#include <vector>

namespace otp::test {
namespace {

using delivery::Fault;

/// The operations of a world, all of them over.
std::vector<Story> stories_of(
    rc::Gen<WorldSetup> const& setup, rc::Gen<std::vector<WorldEvent>> const& events
) {
    World world(*setup);
    world.go_on(*events);
    world.let_all_end();
    return world.stories();
}

std::vector<Story> any_stories() {
    return stories_of(any_setup(), any_events());
}

/// In which it is often left open whether a code was sent.
std::vector<Story> any_stories(OnUnknown on_unknown) {
    return stories_of(any_setup(on_unknown), any_events(3));
}

bool may_have_sent(Try const& tried) {
    return tried.fault == Fault::unknown;
}

RC_GTEST_PROP(OperationProperty, EachIsCountedWhileItAsksAndEnds, ()) {
    auto const setup = *any_setup();
    World world(setup);
    for (auto const& event : *any_events()) {
        world.go_on(event);
        for (std::size_t instance = 0; instance < setup.instances.size(); ++instance) {
            RC_ASSERT(world.told_under_way(instance) == world.under_way(instance));
        }
    }
    world.let_all_end();
    for (auto const& story : world.stories()) RC_ASSERT(story.is_over);
}

RC_GTEST_PROP(OperationProperty, NothingFollowsARefusedRequest, ()) {
    for (auto const& story : any_stories()) {
        for (auto const& tried : story.tries) {
            bool const is_last = &tried == &story.tries.back();
            bool const ends_it = tried.fault == Fault::request || tried.fault == Fault::ended;
            if (ends_it) RC_ASSERT(is_last);
            if (tried.fault == Fault::request) RC_ASSERT(story.stop == DecisionReason::refused);
        }
    }
}

// Neither by its own operation nor by another: not who is isolated, who asked all of them for a
// rest, nor who is to be left alone for a backoff.
RC_GTEST_PROP(OperationProperty, NobodyIsAskedBeforeHisTime, ()) {
    for (auto const& story : any_stories()) {
        for (auto const& tried : story.tries) {
            RC_ASSERT(!tried.was_isolated);
            RC_ASSERT(tried.begun >= tried.left_alone_until);
            RC_ASSERT(tried.begun >= tried.held_back_until);
        }
    }
}

// A refused account and a failing vendor are not asked again by the same operation, and one whose
// breaker is open at most once, as a last resort.
RC_GTEST_PROP(OperationProperty, OnlyWhatMayPassIsRepeated, ()) {
    for (auto const& story : any_stories()) {
        for (auto const& tried : story.tries) {
            if (!tried.repeats) continue;
            bool const may_pass = tried.repeats == Fault::network || tried.repeats == Fault::busy ||
                                  tried.repeats == Fault::unknown;
            RC_ASSERT(may_pass);
            RC_ASSERT(tried.was_let_through);
        }
    }
}

RC_GTEST_PROP(OperationProperty, AttemptsKeepWithinBothLimits, ()) {
    auto const setup = *any_setup();
    World world(setup);
    world.go_on(*any_events());
    for (auto const& story : world.stories()) {
        if (setup.max_attempts) RC_ASSERT(story.tries.size() <= *setup.max_attempts);
        std::map<std::size_t, std::size_t> tries;
        for (auto const& tried : story.tries) ++tries[tried.instance];
        for (auto const& [instance, count] : tries) {
            RC_ASSERT(count <= setup.instances[instance].delivery.retry.attempts);
        }
    }
}

RC_GTEST_PROP(OperationProperty, NothingBeginsNorIsWaitedForBeyondTheDeadline, ()) {
    for (auto const& story : any_stories()) {
        for (auto const& tried : story.tries) RC_ASSERT(tried.begun < story.deadline);
        for (auto const& pause : story.pauses) {
            RC_ASSERT(pause.until > pause.begun);
            RC_ASSERT(pause.until < story.deadline);
        }
    }
}

// Alone, an operation has each wait end in an attempt; the others may use up a budget meanwhile.
RC_GTEST_PROP(OperationProperty, AloneItEndsAfterABoundedNumberOfDecisions, ()) {
    auto const setup = *any_setup();
    World world(setup);
    world.begin_operation();
    world.go_on(*any_answers());
    world.let_all_end();
    auto const& story = world.stories().front();
    for (std::size_t i = 0; i < story.pauses.size(); ++i) {
        bool const is_last = i + 1 == story.pauses.size();
        auto const next = is_last ? story.tries.size() : story.pauses[i + 1].tries;
        RC_ASSERT(next > story.pauses[i].tries);
    }
    RC_ASSERT(story.decisions <= 2 * story.tries.size() + setup.instances.size() + 1);
}

RC_GTEST_PROP(OperationProperty, StopSendsAtMostOneCode, ()) {
    for (auto const& story : any_stories(OnUnknown::stop)) {
        for (auto const& tried : story.tries) {
            if (!may_have_sent(tried)) continue;
            RC_ASSERT(&tried == &story.tries.back());
            RC_ASSERT(story.stop == DecisionReason::may_have_been_sent);
        }
    }
}

// What may have been sent is only ever asked of the same vendor, and only where its documents ask
// for that. A repetition that did not get there is made again.
RC_GTEST_PROP(OperationProperty, RetryIfDocumentedStaysWithTheVendorThatMayHaveSent, ()) {
    for (auto const& story : any_stories(OnUnknown::retry_if_documented)) {
        auto const open = std::find_if(story.tries.begin(), story.tries.end(), may_have_sent);
        if (open == story.tries.end()) continue;
        for (auto next = std::next(open); next != story.tries.end(); ++next) {
            auto const& before = *std::prev(next);
            RC_ASSERT(next->instance == open->instance);
            bool const may_follow = before.fault == Fault::network || before.fault == Fault::busy ||
                                    (may_have_sent(before) && before.repetition_documented);
            RC_ASSERT(may_follow);
        }
    }
}

RC_GTEST_PROP(OperationProperty, FailoverAsksNobodyTwiceForWhatMayHaveBeenSent, ()) {
    for (auto const& story : any_stories(OnUnknown::failover)) {
        for (auto const& tried : story.tries) RC_ASSERT(tried.repeats != Fault::unknown);
    }
}

// The reason tells the caller whether a code may come: none that says the contrary is given.
RC_GTEST_PROP(OperationProperty, SaysThatACodeMayHaveBeenSentIfAndOnlyIfThatIsSo, ()) {
    for (auto const& story : any_stories()) {
        bool const open = std::any_of(story.tries.begin(), story.tries.end(), may_have_sent);
        if (story.stop == DecisionReason::may_have_been_sent) RC_ASSERT(open);
        bool const says_that_nobody_was_left = story.stop == DecisionReason::no_instance_left ||
                                               story.stop == DecisionReason::isolated ||
                                               story.stop == DecisionReason::budget_empty ||
                                               story.stop == DecisionReason::deadline_too_near;
        if (says_that_nobody_was_left) RC_ASSERT(!open);
    }
}

RC_GTEST_PROP(OperationProperty, RepetitionsOfAllTogetherKeepWithinTheBudget, ()) {
    auto const setup = *any_setup();
    World world(setup);
    world.go_on(*any_events());
    world.let_all_end();
    for (std::size_t instance = 0; instance < setup.instances.size(); ++instance) {
        auto const& retry = setup.instances[instance].delivery.retry;
        auto const earned = world.successes(instance) * retry.success_gain;
        RC_ASSERT(world.paid(instance) <= retry.budget + earned);
    }
}

// With the defaults, of any number of operations at a vendor that is gone, 35 repeat once more.
RC_GTEST_PROP(OperationProperty, AStormRepeatsNoMoreThanTheBucketHolds, ()) {
    WorldSetup setup;
    setup.instances.resize(1);
    auto& delivery = setup.instances[0].delivery;
    delivery.retry.attempts = *rc::gen::inRange<std::size_t>(2, 11);
    // A breaker would end it sooner.
    delivery.breaker.connection_failures = 1'000;
    delivery.breaker.minimum_calls = 100'000;
    World world(setup);
    auto const operations = *rc::gen::inRange<std::size_t>(0, 80);
    for (std::size_t i = 0; i < operations; ++i) world.begin_operation();
    WorldEvent nobody_there;
    nobody_there.failure = ErrorCategory::connect_failed;
    nobody_there.phase = ExchangePhase::connecting;
    nobody_there.pause = std::chrono::milliseconds(1);
    for (std::size_t i = 0; i < operations + 35; ++i) world.go_on(nobody_there);
    world.let_all_end();
    std::size_t attempts = 0;
    for (auto const& story : world.stories()) {
        RC_ASSERT(story.is_over);
        attempts += story.tries.size();
    }
    auto const repetitions = std::min<std::size_t>(operations * (delivery.retry.attempts - 1), 35);
    RC_ASSERT(attempts == operations + repetitions);
}

/// How often something was seen in many worlds, always the same ones.
class Seen {
public:
    void look_at(std::vector<Story> const& stories) {
        for (auto const& story : stories) {
            pauses += story.pauses.size();
            if (story.stop) ++stops[*story.stop];
            for (auto const& tried : story.tries) look_at(tried);
        }
    }

    std::size_t repetitions{0};
    std::size_t pauses{0};
    std::size_t at_open_breakers{0};
    std::size_t after_rests{0};
    std::map<Fault, std::size_t> faults;
    std::map<DecisionReason, std::size_t> stops;

private:
    void look_at(Try const& tried) {
        if (tried.repeats) ++repetitions;
        if (!tried.was_let_through) ++at_open_breakers;
        if (tried.left_alone_until > Clock::TimePoint::min()) ++after_rests;
        if (tried.fault) ++faults[*tried.fault];
    }
};

// What is made up has in it what the rules are about.
TEST(OperationWorlds, HaveEverythingInThem) {
    Seen seen;
    rc::Random random(20261127);
    constexpr int size = 100;
    for (int i = 0; i < 100; ++i) {
        World world(any_setup()(random.split(), size).value());
        world.go_on(any_events()(random.split(), size).value());
        world.let_all_end();
        seen.look_at(world.stories());
    }
    EXPECT_GT(seen.repetitions, 100U);
    EXPECT_GT(seen.pauses, 100U);
    EXPECT_GT(seen.at_open_breakers, 20U);
    EXPECT_GT(seen.after_rests, 100U);
    for (auto const fault :
         {Fault::request,
          Fault::cannot_serve,
          Fault::network,
          Fault::busy,
          Fault::account,
          Fault::vendor,
          Fault::unknown,
          Fault::ended}) {
        EXPECT_GT(seen.faults[fault], 10U) << static_cast<int>(fault);
    }
    for (auto const reason :
         {DecisionReason::refused,
          DecisionReason::may_have_been_sent,
          DecisionReason::no_instance_left,
          DecisionReason::attempts_used_up,
          DecisionReason::budget_empty,
          DecisionReason::deadline_too_near,
          DecisionReason::isolated,
          DecisionReason::cancelled,
          DecisionReason::failed_here}) {
        EXPECT_GT(seen.stops[reason], 5U) << to_string(reason);
    }
}

}  // namespace
}  // namespace otp::test
