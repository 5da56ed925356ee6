// Who comes first, in any stretch of turns.

#include "delivery/decide/turns.hpp"
#include "unit/delivery/properties/generators.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <vector>

namespace otp::test {
namespace {

using delivery::Turns;
using Order = std::vector<std::size_t>;
using Weights = std::vector<std::uint32_t>;

rc::Gen<Weights> any_weights(std::uint32_t heaviest) {
    return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, 7), [heaviest](std::size_t count) {
        return rc::gen::container<Weights>(count, rc::gen::inRange<std::uint32_t>(1, heaviest + 1));
    });
}

rc::Gen<RouteStrategy> any_strategy() {
    return rc::gen::element(
        RouteStrategy::in_order, RouteStrategy::round_robin, RouteStrategy::weighted
    );
}

/// From which so many further ones can be counted.
rc::Gen<std::uint64_t> any_turn() {
    return rc::gen::inRange<std::uint64_t>(0, std::numeric_limits<std::uint64_t>::max() - 10'000);
}

Order sorted(Order order) {
    std::sort(order.begin(), order.end());
    return order;
}

RC_GTEST_PROP(TurnsProperty, EachTurnNamesEachCandidateOnce, ()) {
    auto const weights = *any_weights(100);
    Turns const turns(*any_strategy(), weights);
    Order all(weights.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    RC_ASSERT(sorted(turns.order(*rc::gen::arbitrary<std::uint64_t>())) == all);
}

RC_GTEST_PROP(TurnsProperty, WeightedEachIsFirstAsOftenAsItsWeightInAnyStretch, ()) {
    auto const weights = *any_weights(20);
    auto const begin = *any_turn();
    Turns const turns(RouteStrategy::weighted, weights);
    auto const sum = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    Weights firsts(weights.size());
    for (std::uint64_t turn = begin; turn < begin + sum; ++turn) ++firsts[turns.order(turn).at(0)];
    RC_ASSERT(firsts == weights);
}

RC_GTEST_PROP(TurnsProperty, RoundRobinEachHasEachPlaceOnceInAnyStretch, ()) {
    auto const weights = *any_weights(1'000);
    auto const begin = *any_turn();
    auto const count = weights.size();
    Turns const turns(RouteStrategy::round_robin, weights);
    for (std::size_t place = 0; place < count; ++place) {
        std::vector<bool> was_here(count, false);
        for (std::uint64_t turn = begin; turn < begin + count; ++turn) {
            was_here[turns.order(turn).at(place)] = true;
        }
        RC_ASSERT(was_here == std::vector<bool>(count, true));
    }
}

// Behind the first one the others stand by weight, equal ones in the order of the route.
RC_GTEST_PROP(TurnsProperty, WeightedTheOthersStandByWeight, ()) {
    auto const weights = *any_weights(5);
    Turns const turns(RouteStrategy::weighted, weights);
    auto const order = turns.order(*any_turn());
    for (std::size_t place = 2; place < order.size(); ++place) {
        auto const before = order[place - 1];
        auto const here = order[place];
        RC_ASSERT(weights[before] >= weights[here]);
        RC_ASSERT(weights[before] > weights[here] || before < here);
    }
}

// 1 and 3 are what 10 and 30 are.
RC_GTEST_PROP(TurnsProperty, WeightedOnlyTheProportionOfTheWeightsCounts, ()) {
    auto const weights = *any_weights(9);
    auto const times = *rc::gen::inRange<std::uint32_t>(1, 8);
    auto heavier = weights;
    for (auto& weight : heavier) weight *= times;
    Turns const turns(RouteStrategy::weighted, weights);
    Turns const others(RouteStrategy::weighted, heavier);
    auto const sum = std::accumulate(weights.begin(), weights.end(), std::uint64_t{0});
    for (std::uint64_t turn = 0; turn < sum * times; ++turn) {
        RC_ASSERT(turns.order(turn) == others.order(turn));
    }
}

}  // namespace
}  // namespace otp::test
