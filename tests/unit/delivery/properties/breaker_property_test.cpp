// What a breaker promises, in any history of calls that begin and end as they like. Whether it goes
// by the book in every detail, breaker_history_test.cpp asks.

#include "unit/delivery/properties/breaker_history.hpp"
#include "unit/delivery/properties/generators.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using delivery::Breaker;
using std::chrono::milliseconds;
using Verdict = Breaker::Verdict;
using Kind = BreakerEvent::Kind;

bool is_bad(Verdict verdict) {
    return verdict == Verdict::failed || verdict == Verdict::could_not_connect;
}

RC_GTEST_PROP(BreakerProperty, ProbesComeOneAtATime, ()) {
    BreakerHistory history(*quick_breaker_config());
    for (auto const& event : *any_breaker_history()) {
        history.go_on(event);
        bool const has_probe = std::any_of(
            history.under_way.begin(),
            history.under_way.end(),
            [&history](auto const& call) {
                return call.ticket.is_probe() && call.period == history.period;
            }
        );
        bool const is_half_open = history.state() == BreakerState::half_open;
        RC_ASSERT(!has_probe || is_half_open);
        if (is_half_open) RC_ASSERT(history.breaker.lets_through(history.now) == !has_probe);
    }
}

RC_GTEST_PROP(BreakerProperty, OpensOnlyAtTheEndOfACallOfThisPeriodThatSaysSomething, ()) {
    BreakerHistory history(*quick_breaker_config());
    bool has_failed = false;
    for (auto const& event : *any_breaker_history()) {
        auto const period = history.period;
        auto const change = history.go_on(event);
        bool const counts = history.ended && history.ended->period == period;
        has_failed = has_failed || (counts && is_bad(event.verdict));
        if (change && change->to == BreakerState::open) {
            RC_ASSERT(counts);
            RC_ASSERT(event.verdict != Verdict::none);
            RC_ASSERT(has_failed);
        }
        if (period != history.period) has_failed = false;
    }
}

/// How calls ended, since the last change, that say something of the instance.
class Ends {
public:
    void add(Breaker::TimePoint at, bool bad, bool no_connection) {
        ends_.push_back({at, bad});
        row_ = no_connection ? row_ + 1 : 0;
    }
    void forget() {
        ends_.clear();
        row_ = 0;
    }

    [[nodiscard]] std::size_t row() const noexcept { return row_; }
    /// From `begin` on.
    [[nodiscard]] std::size_t calls_since(Breaker::TimePoint begin) const {
        return static_cast<std::size_t>(std::count_if(
            ends_.begin(), ends_.end(), [begin](End const& end) { return end.at >= begin; }
        ));
    }
    [[nodiscard]] std::size_t failed_since(Breaker::TimePoint begin) const {
        return static_cast<std::size_t>(std::count_if(
            ends_.begin(),
            ends_.end(),
            [begin](End const& end) { return end.bad && end.at >= begin; }
        ));
    }

private:
    struct End {
        Breaker::TimePoint at;
        bool bad;
    };
    std::vector<End> ends_;
    std::size_t row_{0};
};

// Without a model of the slices in which it counts: what it cannot have counted is no reason, and
// what it must have counted is one.
RC_GTEST_PROP(BreakerProperty, OpensIfAndOnlyIfThereIsReasonTo, ()) {
    auto const config = *quick_breaker_config();
    BreakerHistory history(config);
    Ends ends;
    // A little less, as binary fractions are.
    auto const least = config.failure_ratio * static_cast<double>(config.minimum_calls) - 1e-9;
    for (auto const& event : *any_breaker_history()) {
        bool const was_closed = history.state() == BreakerState::closed;
        auto const period = history.period;
        auto const change = history.go_on(event);
        bool const is_of_this_period = history.ended && history.ended->period == period;
        if (was_closed && is_of_this_period && event.verdict != Verdict::none) {
            ends.add(
                history.now, is_bad(event.verdict), event.verdict == Verdict::could_not_connect
            );
            auto const window = history.now - config.window;
            auto const nine_slices = history.now - std::chrono::nanoseconds(config.window) / 10 * 9;
            bool const is_row = ends.row() >= config.connection_failures;
            bool const may_be_too_often = static_cast<double>(ends.failed_since(window)) >= least;
            bool const has_seen_failures_alone =
                ends.failed_since(window) == ends.calls_since(window) &&
                ends.calls_since(nine_slices) >= config.minimum_calls;
            if (change) RC_ASSERT(is_row || may_be_too_often);
            if (!change) RC_ASSERT(!is_row && !has_seen_failures_alone);
        }
        if (period != history.period) ends.forget();
    }
}

RC_GTEST_PROP(BreakerProperty, OpeningsDoubleWithinTheirJitterUntilItCloses, ()) {
    auto const config = *rc::gen::oneOf(quick_breaker_config(), any_breaker_config());
    BreakerHistory history(config);
    auto length = config.open;
    for (auto const& event : *any_breaker_history()) {
        auto const change = history.go_on(event);
        if (event.kind == Kind::restore) length = config.open;
        if (!change) continue;
        if (change->to == BreakerState::closed) length = config.open;
        if (change->to != BreakerState::open) continue;
        // Rounded to whole milliseconds.
        auto const whole = static_cast<double>(length.count());
        auto const open_for = static_cast<double>(change->open_for.count());
        RC_ASSERT(open_for >= whole * 0.9 - 0.5);
        RC_ASSERT(open_for <= whole * 1.1 + 0.5);
        RC_ASSERT(history.breaker.reopens_at() == history.now + change->open_for);
        RC_ASSERT(history.breaker.lets_through(history.breaker.reopens_at()));
        if (change->open_for > 0ms) {
            RC_ASSERT(!history.breaker.lets_through(history.breaker.reopens_at() - 1ns));
        }
        length = std::min(2 * length, config.max_open);
    }
}

RC_GTEST_PROP(BreakerProperty, ItClosesByItselfOnlyAfterTheGoodProbes, ()) {
    auto const config = *quick_breaker_config();
    BreakerHistory history(config);
    std::size_t good = 0;
    for (auto const& event : *any_breaker_history()) {
        auto const period = history.period;
        auto const change = history.go_on(event);
        bool const is_of_this_period = history.ended && history.ended->period == period;
        if (is_of_this_period && history.ended->ticket.is_probe()) {
            if (event.verdict == Verdict::good) ++good;
        }
        bool const closed_itself =
            change && change->to == BreakerState::closed && event.kind != Kind::restore;
        RC_ASSERT(closed_itself == (good == config.good_probes));
        if (period != history.period) good = 0;
    }
}

// Whatever was, also in the window and in the length of the next opening.
RC_GTEST_PROP(BreakerProperty, RestoredItIsAsNew, ()) {
    auto const config = *quick_breaker_config();
    BreakerHistory old(config);
    for (auto const& event : *any_breaker_history()) old.go_on(event);
    old.breaker.restore(old.now);
    old.under_way.clear();
    BreakerHistory fresh(config);
    fresh.now = old.now;
    for (auto const& event : *any_breaker_history()) {
        RC_ASSERT(old.go_on(event) == fresh.go_on(event));
        RC_ASSERT(old.state() == fresh.state());
        RC_ASSERT(old.breaker.lets_through(old.now) == fresh.breaker.lets_through(fresh.now));
    }
}

// A caller who gave up at once, or was at fault himself, leaves no trace.
RC_GTEST_PROP(BreakerProperty, ACallThatSaysNothingIsAsIfItHadNotBeen, ()) {
    auto const config = *quick_breaker_config();
    BreakerHistory plain(config);
    BreakerHistory other(config);
    auto const history = *any_breaker_history();
    auto const gives_up =
        *rc::gen::container<std::vector<bool>>(history.size(), rc::gen::arbitrary<bool>());
    for (std::size_t i = 0; i < history.size(); ++i) {
        RC_ASSERT(plain.go_on(history[i]) == other.go_on(history[i]));
        if (gives_up[i] && other.breaker.lets_through(other.now)) {
            RC_ASSERT(!other.call(Verdict::none, 0));
        }
        RC_ASSERT(plain.state() == other.state());
        RC_ASSERT(plain.breaker.lets_through(plain.now) == other.breaker.lets_through(other.now));
    }
}

// However bad it was: the longest opening, and as many calls as it wants to see. What a closed one
// has in its window is forgotten meanwhile.
RC_GTEST_PROP(BreakerProperty, GoodCallsAloneCloseIt, ()) {
    auto const config = *quick_breaker_config();
    BreakerHistory history(config);
    for (auto const& event : *any_breaker_history()) history.go_on(event);
    RC_PRE(history.state() != BreakerState::isolated);
    // Those under way are given up.
    for (auto const& call : history.under_way) {
        history.breaker.end(call.ticket, Verdict::none, history.now, 0);
    }
    history.now += std::max(config.max_open + config.max_open / 10 + 1ms, config.window);
    for (std::size_t i = 0; i < config.good_probes; ++i) {
        RC_ASSERT(history.breaker.lets_through(history.now));
        history.call(Verdict::good, 0);
    }
    RC_ASSERT(history.state() == BreakerState::closed);
}

}  // namespace
}  // namespace otp::test
