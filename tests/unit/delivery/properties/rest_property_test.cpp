// How long an instance is left alone, whatever it answers and when.

#include "delivery/decide/rest.hpp"
#include "unit/delivery/properties/generators.hpp"

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>
#include <optional>
#include <ostream>
#include <rapidcheck/gtest.h>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using delivery::Rest;
using std::chrono::milliseconds;
using TimePoint = Rest::TimePoint;

/// An answer that asked for a rest, or one that served, some time after the last one.
struct Answer {
    milliseconds pause{0};
    bool serves{false};
    std::optional<milliseconds> retry_after;
};

void showValue(Answer const& answer, std::ostream& out) {
    out << "after " << answer.pause.count() << ' ';
    if (answer.serves) {
        out << "a success";
    } else if (answer.retry_after) {
        out << "Retry-After " << answer.retry_after->count();
    } else {
        out << "no Retry-After";
    }
}

/// Far out of range, too: what a server says is not what a configuration may say.
rc::Gen<std::optional<milliseconds>> any_retry_after() {
    return rc::gen::oneOf(
        rc::gen::just(std::optional<milliseconds>()),
        rc::gen::map(between(-1s, 48h), [](milliseconds length) { return std::optional(length); })
    );
}

rc::Gen<std::vector<Answer>> any_history() {
    return rc::gen::container<std::vector<Answer>>(rc::gen::build<Answer>(
        rc::gen::set(&Answer::pause, rc::gen::oneOf(between(0ms, 10s), between(0ms, 24h))),
        rc::gen::set(&Answer::serves, rc::gen::weightedElement<bool>({{4, false}, {1, true}})),
        rc::gen::set(&Answer::retry_after, any_retry_after())
    ));
}

/// What happens to a rest, and its time.
class History {
public:
    explicit History(RetryConfig const& config) : rest(config) {}

    void go_on(Answer const& answer) {
        now += answer.pause;
        if (answer.serves) return rest.succeeded();
        static_cast<void>(rest.begin(now, answer.retry_after));
    }

    TimePoint now{1h};
    Rest rest;
};

RC_GTEST_PROP(RestProperty, IsNeverShortenedAndNeverLongerThanTheConfigurationAllows, ()) {
    auto const config = *any_retry_config();
    History history(config);
    auto const longest = std::max(config.max_rest, config.max_retry_after);
    auto latest = TimePoint::min();
    for (auto const& answer : *any_history()) {
        auto const before = history.rest.until();
        history.go_on(answer);
        if (!answer.serves) latest = std::max(latest, history.now + longest);
        RC_ASSERT(history.rest.until() >= before);
        RC_ASSERT(history.rest.until() <= latest);
    }
}

// A thousand requests under way at once are refused as one is.
RC_GTEST_PROP(RestProperty, ManyAnswersAtOneMomentAreAsOne, ()) {
    auto const config = *any_retry_config();
    History history(config);
    for (auto const& answer : *any_history()) history.go_on(answer);
    auto const length = history.rest.begin(history.now, std::nullopt);
    auto const until = history.rest.until();
    auto const further = *rc::gen::inRange(1, 50);
    for (int i = 0; i < further; ++i) {
        RC_ASSERT(history.rest.begin(history.now, std::nullopt) == length);
    }
    RC_ASSERT(history.rest.until() == until);
}

// However long the trouble lasted, an instance that served once begins anew.
RC_GTEST_PROP(RestProperty, BehindASuccessItIsAsNew, ()) {
    auto const config = *any_retry_config();
    History old(config);
    for (auto const& answer : *any_history()) old.go_on(answer);
    old.rest.succeeded();
    old.now = std::max(old.now, old.rest.until());
    History fresh(config);
    fresh.now = old.now;
    for (auto const& answer : *any_history()) {
        old.go_on(answer);
        fresh.go_on(answer);
        RC_ASSERT(old.rest.is_over(old.now) == fresh.rest.is_over(fresh.now));
        RC_ASSERT(std::max(old.rest.until(), old.now) == std::max(fresh.rest.until(), fresh.now));
    }
}

// Nothing but such answers, each right after the rest: what a probing loop would see.
RC_GTEST_PROP(RestProperty, TheNthRestIsTheFirstDoubledUpToTheLongest, ()) {
    auto const config = *any_retry_config();
    Rest rest(config);
    TimePoint now{1h};
    auto expected = config.rest;
    auto const rests = *rc::gen::inRange(1, 40);
    for (int i = 0; i < rests; ++i) {
        RC_ASSERT(rest.begin(now, std::nullopt) == expected);
        now = rest.until();
        expected = std::min(2 * expected, config.max_rest);
    }
}

}  // namespace
}  // namespace otp::test
