#include "config/retry_config.hpp"

#include "config/config_keys.hpp"
#include "config/delivery_ranges.hpp"
#include "config/ordered_durations.hpp"
#include "config/setting.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace otp::config {

namespace {

constexpr IntegerRange tokens{0, 1000000};

constexpr auto counts = std::to_array<IntegerSetting<RetryConfig, std::size_t>>(
    {{"attempts", &RetryConfig::attempts, {1, 10}}}
);

constexpr auto durations = std::to_array<DurationSetting<RetryConfig>>(
    {{"base_delay", &RetryConfig::base_delay, up_to_an_hour},
     {"max_delay", &RetryConfig::max_delay, up_to_an_hour},
     {"rest", &RetryConfig::rest, up_to_a_day},
     {"max_rest", &RetryConfig::max_rest, up_to_a_day},
     {"max_retry_after", &RetryConfig::max_retry_after, up_to_a_day}}
);

constexpr auto factors =
    std::to_array<NumberSetting<RetryConfig>>({{"factor", &RetryConfig::factor, {1, 10}}});

constexpr auto bucket = std::to_array<IntegerSetting<RetryConfig, std::uint32_t>>(
    {{"budget", &RetryConfig::budget, tokens},
     {"retry_cost", &RetryConfig::retry_cost, tokens},
     {"throttle_cost", &RetryConfig::throttle_cost, tokens},
     {"success_gain", &RetryConfig::success_gain, tokens}}
);

constexpr auto orders = std::to_array<OrderedDurations<RetryConfig>>(
    {{"base_delay", &RetryConfig::base_delay, "max_delay", &RetryConfig::max_delay},
     {"rest", &RetryConfig::rest, "max_rest", &RetryConfig::max_rest}}
);

}  // namespace

RetryConfig read_retry_config(ObjectReader const& object, RetryConfig inherited) {
    auto const* value = object.find("retry");
    if (value == nullptr) return inherited;
    auto const retry =
        ObjectReader::open(*value, object.pointer_of("retry"), retry_keys, object.violations());
    if (!retry) return inherited;
    read_settings(*retry, counts, inherited);
    read_settings(*retry, durations, inherited);
    read_settings(*retry, factors, inherited);
    read_settings(*retry, bucket, inherited);
    for (auto const& order : orders) check_read_order(*retry, order, inherited);
    return inherited;
}

void check_retry_config(
    RetryConfig const& retry, std::string const& pointer, Violations& violations
) {
    check_settings(counts, retry, pointer, violations);
    check_settings(durations, retry, pointer, violations);
    check_settings(factors, retry, pointer, violations);
    check_settings(bucket, retry, pointer, violations);
    for (auto const& order : orders) check_order(order, retry, pointer, violations);
}

}  // namespace otp::config
