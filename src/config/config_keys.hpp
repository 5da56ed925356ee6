#pragma once

#include <array>
#include <span>
#include <string_view>

namespace otp::config {

/// The members of each kind of object in a configuration. A test holds them against the JSON
/// Schema, object by object.
inline constexpr auto root_keys = std::to_array<std::string_view>(
    {"$schema",
     "version",
     "allow_inline_secrets",
     "secret_folders",
     "defaults",
     "instances",
     "routes"}
);

inline constexpr auto defaults_keys = std::to_array<std::string_view>(
    {"deadline",
     "connect_timeout",
     "handshake_timeout",
     "first_byte_timeout",
     "attempt_timeout",
     "idle_timeout",
     "max_connection_age",
     "max_connections",
     "max_in_flight",
     "max_header_bytes",
     "max_header_fields",
     "max_body_bytes",
     "retry",
     "breaker",
     "commit_timeout",
     "tls",
     "proxy",
     "ignore_proxy_environment"}
);

inline constexpr auto instance_keys = std::to_array<std::string_view>(
    {"vendor",
     "environment",
     "base_url",
     "credentials",
     "options",
     "connect_timeout",
     "handshake_timeout",
     "first_byte_timeout",
     "attempt_timeout",
     "idle_timeout",
     "max_connection_age",
     "max_connections",
     "max_in_flight",
     "max_header_bytes",
     "max_header_fields",
     "max_body_bytes",
     "retry",
     "breaker",
     "commit_timeout",
     "tls",
     "proxy",
     "ignore_proxy_environment",
     "record",
     "replay"}
);

inline constexpr auto tls_keys = std::to_array<std::string_view>(
    {"ca_file", "client_certificate", "client_key", "pinned_public_key", "crl_file"}
);

inline constexpr auto proxy_keys =
    std::to_array<std::string_view>({"host", "port", "username", "password"});

inline constexpr auto retry_keys = std::to_array<std::string_view>(
    {"attempts",
     "base_delay",
     "factor",
     "max_delay",
     "rest",
     "max_rest",
     "max_retry_after",
     "budget",
     "retry_cost",
     "throttle_cost",
     "success_gain"}
);

inline constexpr auto breaker_keys = std::to_array<std::string_view>(
    {"failure_ratio",
     "minimum_calls",
     "window",
     "connection_failures",
     "open",
     "max_open",
     "good_probes"}
);

inline constexpr auto route_keys =
    std::to_array<std::string_view>({"use", "strategy", "rules", "on_unknown", "max_attempts"});

inline constexpr auto weighted_instance_keys =
    std::to_array<std::string_view>({"instance", "weight"});

inline constexpr auto rule_keys = std::to_array<std::string_view>({"when", "use"});

inline constexpr auto condition_keys = std::to_array<std::string_view>({"phone_prefix", "channel"});

/// One table, and the place in the JSON Schema that describes the same object.
struct KeyTable {
    std::string_view schema_pointer;
    std::span<std::string_view const> keys;
};

inline constexpr auto key_tables = std::to_array<KeyTable>(
    {{"", root_keys},
     {"/definitions/defaults", defaults_keys},
     {"/definitions/instance", instance_keys},
     {"/definitions/tls", tls_keys},
     {"/definitions/proxy", proxy_keys},
     {"/definitions/retry", retry_keys},
     {"/definitions/breaker", breaker_keys},
     {"/definitions/route", route_keys},
     {"/definitions/weighted_instance", weighted_instance_keys},
     {"/definitions/rule", rule_keys},
     {"/definitions/condition", condition_keys}}
);

}  // namespace otp::config
