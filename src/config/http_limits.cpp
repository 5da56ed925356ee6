#include "config/http_limits.hpp"

#include "config/duration_text.hpp"

#include <otp/json_body.hpp>

#include <array>
#include <string_view>

namespace otp::config {

namespace {

struct DurationLimit {
    std::string_view key;
    std::chrono::milliseconds HttpLimits::*member;
    std::chrono::milliseconds shortest;
};

struct SizeLimit {
    std::string_view key;
    std::size_t HttpLimits::*member;
    IntegerRange range;
};

constexpr auto duration_limits = std::to_array<DurationLimit>(
    {{"connect_timeout", &HttpLimits::connect_timeout, shortest_timeout},
     {"handshake_timeout", &HttpLimits::handshake_timeout, shortest_timeout},
     {"first_byte_timeout", &HttpLimits::first_byte_timeout, shortest_timeout},
     {"attempt_timeout", &HttpLimits::attempt_timeout, shortest_timeout},
     {"idle_timeout", &HttpLimits::idle_timeout, shortest_age},
     {"max_connection_age", &HttpLimits::max_connection_age, shortest_age}}
);

constexpr auto size_limits = std::to_array<SizeLimit>(
    {{"max_connections", &HttpLimits::max_connections, {1, 65535}},
     {"max_in_flight", &HttpLimits::max_in_flight, {1, 1000000}},
     {"max_header_bytes", &HttpLimits::max_header_bytes, {256, 1 << 20}},
     {"max_header_fields", &HttpLimits::max_header_fields, {1, 10000}},
     {"max_body_bytes", &HttpLimits::max_body_bytes, {1, 16 << 20}}}
);

}  // namespace

HttpLimits read_http_limits(ObjectReader const& object, HttpLimits inherited) {
    for (auto const& limit : duration_limits) {
        if (auto const duration = object.duration(limit.key, limit.shortest)) {
            inherited.*limit.member = *duration;
        }
    }
    for (auto const& limit : size_limits) {
        if (auto const size = object.integer(limit.key, limit.range)) {
            inherited.*limit.member = static_cast<std::size_t>(*size);
        }
    }
    return inherited;
}

void check_http_limits(
    HttpLimits const& limits, std::string const& pointer, Violations& violations
) {
    for (auto const& limit : duration_limits) {
        if (auto const mistake = range_mistake(limits.*limit.member, limit.shortest)) {
            violations.add(append_json_pointer(pointer, limit.key), mistake->text);
        }
    }
    for (auto const& limit : size_limits) {
        auto const size = limits.*limit.member;
        if (size < static_cast<std::size_t>(limit.range.least) ||
            size > static_cast<std::size_t>(limit.range.most)) {
            violations.add(
                append_json_pointer(pointer, limit.key),
                "must be a whole number from " + std::to_string(limit.range.least) + " to " +
                    std::to_string(limit.range.most)
            );
        }
    }
}

}  // namespace otp::config
