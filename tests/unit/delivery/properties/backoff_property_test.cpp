// Waits before repetitions, for any configuration and however many there were.

#include "delivery/decide/backoff.hpp"
#include "unit/delivery/properties/generators.hpp"

#include <chrono>
#include <cstddef>
#include <gtest/gtest.h>
#include <limits>
#include <rapidcheck/gtest.h>

namespace otp::test {
namespace {

using delivery::backoff_delay;
using std::chrono::milliseconds;

/// From 1, small and huge alike.
rc::Gen<std::size_t> any_repetition() {
    constexpr auto most = std::numeric_limits<std::size_t>::max();
    return rc::gen::oneOf(
        rc::gen::inRange<std::size_t>(1, 40), rc::gen::inRange<std::size_t>(1, most)
    );
}

/// The longest that may be drawn, but for what is cut off a millisecond.
milliseconds ceiling(RetryConfig const& config, std::size_t repetition) {
    constexpr double highest_draw = 1 - std::numeric_limits<double>::epsilon() / 2;
    return backoff_delay(config, repetition, highest_draw);
}

RC_GTEST_PROP(BackoffProperty, IsNeverNegativeAndNeverBeyondTheLongest, ()) {
    auto const config = *any_retry_config();
    auto const delay = backoff_delay(config, *any_repetition(), *any_draw());
    RC_ASSERT(delay >= milliseconds(0));
    RC_ASSERT(delay <= config.max_delay);
}

RC_GTEST_PROP(BackoffProperty, TheFirstIsNeverLongerThanTheBase, ()) {
    auto const config = *any_retry_config();
    RC_ASSERT(backoff_delay(config, 1, *any_draw()) <= config.base_delay);
}

RC_GTEST_PROP(BackoffProperty, NeverShrinksWithFurtherRepetitionsNorWithALargerDraw, ()) {
    auto const config = *any_retry_config();
    auto const repetition = *any_repetition();
    auto const later = repetition + *rc::gen::inRange<std::size_t>(0, 20);
    RC_PRE(later >= repetition);
    auto const draw = *any_draw();
    auto const larger = draw + (1 - draw) / 2 * *any_draw();
    RC_ASSERT(backoff_delay(config, later, draw) >= backoff_delay(config, repetition, draw));
    RC_ASSERT(backoff_delay(config, repetition, larger) >= backoff_delay(config, repetition, draw));
}

RC_GTEST_PROP(BackoffProperty, GrowsByTheFactorAndThenStaysAtTheLongest, ()) {
    auto const config = *any_retry_config();
    auto const repetition = *rc::gen::inRange<std::size_t>(1, 40);
    auto const here = static_cast<double>(ceiling(config, repetition).count());
    auto const next = static_cast<double>(ceiling(config, repetition + 1).count());
    auto const longest = static_cast<double>(config.max_delay.count());
    // Each is cut to whole milliseconds.
    RC_ASSERT(next <= (here + 1) * config.factor + 1);
    RC_ASSERT(next + 1 >= std::min(here * config.factor, longest) - 1);
}

}  // namespace
}  // namespace otp::test
