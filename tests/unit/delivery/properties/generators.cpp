#include "unit/delivery/properties/generators.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace otp {

void showValue(RetryConfig const& config, std::ostream& out) {
    out << "attempts " << config.attempts << ", base_delay " << config.base_delay.count()
        << ", factor " << config.factor << ", max_delay " << config.max_delay.count() << ", rest "
        << config.rest.count() << ", max_rest " << config.max_rest.count() << ", max_retry_after "
        << config.max_retry_after.count() << ", budget " << config.budget << ", retry_cost "
        << config.retry_cost << ", throttle_cost " << config.throttle_cost << ", success_gain "
        << config.success_gain;
}

void showValue(BreakerConfig const& config, std::ostream& out) {
    out << "failure_ratio " << config.failure_ratio << ", minimum_calls " << config.minimum_calls
        << ", window " << config.window.count() << ", connection_failures "
        << config.connection_failures << ", open " << config.open.count() << ", max_open "
        << config.max_open.count() << ", good_probes " << config.good_probes;
}

void showValue(BreakerState state, std::ostream& out) {
    out << to_string(state);
}
void showValue(OnUnknown choice, std::ostream& out) {
    out << to_string(choice);
}
void showValue(RouteStrategy strategy, std::ostream& out) {
    out << to_string(strategy);
}

}  // namespace otp

namespace otp::test {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

rc::Gen<std::uint32_t> any_tokens() {
    return rc::gen::inRange<std::uint32_t>(0, 1'000'001);
}

/// Above 0, at most 1.
rc::Gen<double> any_ratio() {
    return rc::gen::map(rc::gen::inRange(0, 1'000), [](int thousandths) {
        return (1 + thousandths) / 1'000.0;
    });
}

}  // namespace

rc::Gen<milliseconds> between(milliseconds least, milliseconds most) {
    return rc::gen::map(rc::gen::inRange(least.count(), most.count() + 1), [](auto count) {
        return milliseconds(count);
    });
}

rc::Gen<double> any_draw() {
    constexpr std::uint32_t steps = 1 << 16;
    return rc::gen::map(rc::gen::inRange<std::uint32_t>(0, steps + 1), [](std::uint32_t step) {
        constexpr double highest = 1 - std::numeric_limits<double>::epsilon() / 2;
        return std::min(static_cast<double>(step) / steps, highest);
    });
}

rc::Gen<RetryConfig> any_retry_config() {
    auto const made = rc::gen::build<RetryConfig>(
        rc::gen::set(&RetryConfig::attempts, rc::gen::inRange<std::size_t>(1, 11)),
        rc::gen::set(&RetryConfig::base_delay, between(1ms, 1h)),
        rc::gen::set(
            &RetryConfig::factor,
            rc::gen::map(
                rc::gen::inRange(0, 9'001),
                [](int thousandths) { return 1 + thousandths / 1'000.0; }
            )
        ),
        rc::gen::set(&RetryConfig::max_delay, between(1ms, 1h)),
        rc::gen::set(&RetryConfig::rest, between(1ms, 24h)),
        rc::gen::set(&RetryConfig::max_rest, between(1ms, 24h)),
        rc::gen::set(&RetryConfig::max_retry_after, between(1ms, 24h)),
        rc::gen::set(&RetryConfig::budget, any_tokens()),
        rc::gen::set(&RetryConfig::retry_cost, any_tokens()),
        rc::gen::set(&RetryConfig::throttle_cost, any_tokens()),
        rc::gen::set(&RetryConfig::success_gain, any_tokens())
    );
    return rc::gen::map(made, [](RetryConfig config) {
        config.max_delay = std::max(config.base_delay, config.max_delay);
        config.max_rest = std::max(config.rest, config.max_rest);
        return config;
    });
}

namespace {

rc::Gen<BreakerConfig> breaker_config(
    std::size_t most_calls, std::size_t most_failures, milliseconds longest, std::size_t most_probes
) {
    auto const made = rc::gen::build<BreakerConfig>(
        rc::gen::set(&BreakerConfig::failure_ratio, any_ratio()),
        rc::gen::set(
            &BreakerConfig::minimum_calls, rc::gen::inRange<std::size_t>(1, most_calls + 1)
        ),
        rc::gen::set(&BreakerConfig::window, between(1s, std::min<milliseconds>(longest, 1h))),
        rc::gen::set(
            &BreakerConfig::connection_failures, rc::gen::inRange<std::size_t>(1, most_failures + 1)
        ),
        rc::gen::set(&BreakerConfig::open, between(1ms, longest)),
        rc::gen::set(&BreakerConfig::max_open, between(1ms, longest)),
        rc::gen::set(&BreakerConfig::good_probes, rc::gen::inRange<std::size_t>(1, most_probes + 1))
    );
    return rc::gen::map(made, [](BreakerConfig config) {
        config.max_open = std::max(config.open, config.max_open);
        return config;
    });
}

}  // namespace

rc::Gen<BreakerConfig> any_breaker_config() {
    return breaker_config(100'000, 1'000, 24h, 100);
}

rc::Gen<BreakerConfig> quick_breaker_config() {
    return breaker_config(10, 5, 8s, 4);
}

}  // namespace otp::test
