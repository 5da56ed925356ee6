#include "config/breaker_config.hpp"

#include "config/config_keys.hpp"
#include "config/delivery_ranges.hpp"
#include "config/ordered_durations.hpp"
#include "config/setting.hpp"

#include <array>
#include <cstddef>

namespace otp::config {

namespace {

constexpr DurationRange window_range{std::chrono::seconds(1), std::chrono::hours(1)};

constexpr auto ratios = std::to_array<NumberSetting<BreakerConfig>>(
    {{"failure_ratio", &BreakerConfig::failure_ratio, {0, 1, true}}}
);

constexpr auto counts = std::to_array<IntegerSetting<BreakerConfig, std::size_t>>(
    {{"minimum_calls", &BreakerConfig::minimum_calls, {1, 100000}},
     {"connection_failures", &BreakerConfig::connection_failures, {1, 1000}},
     {"good_probes", &BreakerConfig::good_probes, {1, 100}}}
);

constexpr auto durations = std::to_array<DurationSetting<BreakerConfig>>(
    {{"window", &BreakerConfig::window, window_range},
     {"open", &BreakerConfig::open, up_to_a_day},
     {"max_open", &BreakerConfig::max_open, up_to_a_day}}
);

constexpr OrderedDurations<BreakerConfig> order{
    "open", &BreakerConfig::open, "max_open", &BreakerConfig::max_open};

}  // namespace

BreakerConfig read_breaker_config(ObjectReader const& object, BreakerConfig inherited) {
    auto const* value = object.find("breaker");
    if (value == nullptr) return inherited;
    auto const breaker =
        ObjectReader::open(*value, object.pointer_of("breaker"), breaker_keys, object.violations());
    if (!breaker) return inherited;
    read_settings(*breaker, ratios, inherited);
    read_settings(*breaker, counts, inherited);
    read_settings(*breaker, durations, inherited);
    check_read_order(*breaker, order, inherited);
    return inherited;
}

void check_breaker_config(
    BreakerConfig const& breaker, std::string const& pointer, Violations& violations
) {
    check_settings(ratios, breaker, pointer, violations);
    check_settings(counts, breaker, pointer, violations);
    check_settings(durations, breaker, pointer, violations);
    check_order(order, breaker, pointer, violations);
}

}  // namespace otp::config
