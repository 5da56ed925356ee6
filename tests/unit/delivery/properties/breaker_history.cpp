#include "unit/delivery/properties/breaker_history.hpp"

#include "unit/delivery/properties/generators.hpp"

#include <utility>

namespace otp::test {

using namespace std::chrono_literals;
using Kind = BreakerEvent::Kind;

namespace {

char const* name_of(delivery::Breaker::Verdict verdict) {
    using Verdict = delivery::Breaker::Verdict;
    switch (verdict) {
        case Verdict::good:
            return "good";
        case Verdict::failed:
            return "failed";
        case Verdict::could_not_connect:
            return "could not connect";
        case Verdict::none:
            break;
    }
    return "none";
}

}  // namespace

void showValue(BreakerEvent const& event, std::ostream& out) {
    out << "after " << event.pause.count() << ' ';
    switch (event.kind) {
        case Kind::begin:
            out << "begin";
            return;
        case Kind::begin_even_so:
            out << "begin even so";
            return;
        case Kind::end:
            out << "end " << event.which << ' ' << name_of(event.verdict) << " (" << event.draw
                << ')';
            return;
        case Kind::isolate:
            out << "isolate";
            return;
        case Kind::restore:
            out << "restore";
            return;
    }
}

namespace {

rc::Gen<BreakerEvent> any_event(rc::Gen<delivery::Breaker::Verdict> verdict) {
    return rc::gen::build<BreakerEvent>(
        rc::gen::set(
            &BreakerEvent::pause,
            rc::gen::weightedOneOf<std::chrono::milliseconds>(
                {{3, rc::gen::just(0ms)}, {3, between(0ms, 1s)}, {1, between(0ms, 10s)}}
            )
        ),
        rc::gen::set(
            &BreakerEvent::kind,
            rc::gen::weightedElement<Kind>(
                {{20, Kind::begin},
                 {1, Kind::begin_even_so},
                 {20, Kind::end},
                 {1, Kind::isolate},
                 {2, Kind::restore}}
            )
        ),
        rc::gen::set(&BreakerEvent::which, rc::gen::inRange<std::size_t>(0, 20)),
        rc::gen::set(&BreakerEvent::verdict, std::move(verdict)),
        rc::gen::set(&BreakerEvent::draw, any_draw())
    );
}

/// Of 20 calls so many fail.
rc::Gen<delivery::Breaker::Verdict> any_verdict(std::size_t failing) {
    using Verdict = delivery::Breaker::Verdict;
    return rc::gen::weightedElement<Verdict>(
        {{20 - failing, Verdict::good},
         {failing / 2, Verdict::failed},
         {failing - failing / 2, Verdict::could_not_connect},
         {2, Verdict::none}}
    );
}

}  // namespace

rc::Gen<std::vector<BreakerEvent>> any_breaker_history() {
    return rc::gen::mapcat(rc::gen::element<std::size_t>(2, 6, 12, 18), [](std::size_t failing) {
        return rc::gen::container<std::vector<BreakerEvent>>(any_event(any_verdict(failing)));
    });
}

std::optional<BreakerHistory::Change> BreakerHistory::go_on(BreakerEvent const& event) {
    now += event.pause;
    ended.reset();
    switch (event.kind) {
        case Kind::begin:
            if (breaker.lets_through(now)) under_way.push_back({breaker.begin(), period});
            return std::nullopt;
        case Kind::begin_even_so:
            if (state() == BreakerState::isolated) return std::nullopt;
            under_way.push_back({breaker.begin(), period});
            return std::nullopt;
        case Kind::end:
            return under_way.empty() ? std::nullopt : end(event);
        case Kind::isolate:
            return count(breaker.isolate(now));
        case Kind::restore:
            // Whether or not it was closed, what was under way is of the past.
            ++period;
            return breaker.restore(now);
    }
    return std::nullopt;
}

std::optional<BreakerHistory::Change> BreakerHistory::call(Breaker::Verdict verdict, double draw) {
    return count(breaker.end(breaker.begin(), verdict, now, draw));
}

std::optional<BreakerHistory::Change> BreakerHistory::end(BreakerEvent const& event) {
    auto const place =
        under_way.begin() + static_cast<std::ptrdiff_t>(event.which % under_way.size());
    ended.emplace(*place);
    under_way.erase(place);
    return count(breaker.end(ended->ticket, event.verdict, now, event.draw));
}

std::optional<BreakerHistory::Change> BreakerHistory::count(std::optional<Change> change) noexcept {
    if (change) ++period;
    return change;
}

}  // namespace otp::test
