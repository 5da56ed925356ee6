#include "config/http_limits.hpp"

#include "config/setting.hpp"

#include <array>
#include <cstddef>

namespace otp::config {

namespace {

constexpr auto durations = std::to_array<DurationSetting<HttpLimits>>(
    {{"connect_timeout", &HttpLimits::connect_timeout, any_timeout},
     {"handshake_timeout", &HttpLimits::handshake_timeout, any_timeout},
     {"first_byte_timeout", &HttpLimits::first_byte_timeout, any_timeout},
     {"attempt_timeout", &HttpLimits::attempt_timeout, any_timeout},
     {"idle_timeout", &HttpLimits::idle_timeout, any_age},
     {"max_connection_age", &HttpLimits::max_connection_age, any_age}}
);

constexpr auto sizes = std::to_array<IntegerSetting<HttpLimits, std::size_t>>(
    {{"max_connections", &HttpLimits::max_connections, {1, 65535}},
     {"max_in_flight", &HttpLimits::max_in_flight, {1, 1000000}},
     {"max_header_bytes", &HttpLimits::max_header_bytes, {256, 1 << 20}},
     {"max_header_fields", &HttpLimits::max_header_fields, {1, 10000}},
     {"max_body_bytes", &HttpLimits::max_body_bytes, {1, 16 << 20}}}
);

}  // namespace

HttpLimits read_http_limits(ObjectReader const& object, HttpLimits inherited) {
    read_settings(object, durations, inherited);
    read_settings(object, sizes, inherited);
    return inherited;
}

void check_http_limits(
    HttpLimits const& limits, std::string const& pointer, Violations& violations
) {
    check_settings(durations, limits, pointer, violations);
    check_settings(sizes, limits, pointer, violations);
}

}  // namespace otp::config
