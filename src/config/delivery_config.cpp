#include "config/delivery_config.hpp"

#include "config/breaker_config.hpp"
#include "config/delivery_ranges.hpp"
#include "config/retry_config.hpp"
#include "config/setting.hpp"

#include <otp/json_body.hpp>

#include <array>

namespace otp::config {

namespace {

constexpr auto durations = std::to_array<DurationSetting<DeliveryConfig>>(
    {{"commit_timeout", &DeliveryConfig::commit_timeout, up_to_an_hour}}
);

}  // namespace

DeliveryConfig read_delivery_config(ObjectReader const& object, DeliveryConfig const& inherited) {
    auto delivery = inherited;
    delivery.retry = read_retry_config(object, inherited.retry);
    delivery.breaker = read_breaker_config(object, inherited.breaker);
    read_settings(object, durations, delivery);
    return delivery;
}

void check_delivery_config(
    DeliveryConfig const& delivery, std::string const& pointer, Violations& violations
) {
    check_retry_config(delivery.retry, append_json_pointer(pointer, "retry"), violations);
    check_breaker_config(delivery.breaker, append_json_pointer(pointer, "breaker"), violations);
    check_settings(durations, delivery, pointer, violations);
}

}  // namespace otp::config
