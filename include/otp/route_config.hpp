#pragma once

#include <otp/channel.hpp>
#include <otp/export.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

/// Which of a route's instances is asked first.
enum class RouteStrategy {
    in_order,     ///< Always in the order in which they are named.
    round_robin,  ///< Each in turn; the others follow in order, around the end.
    weighted      ///< In turn as often as the weights say, spread evenly; the others follow by
                  ///< weight.
};

/// The stable name: `in_order`, `round_robin`, `weighted`.
[[nodiscard]] std::string_view to_string(RouteStrategy strategy) noexcept;

/// What follows when an attempt leaves open whether a code is on its way.
enum class OnUnknown {
    stop,  ///< Nothing: the outcome is `unknown`. The only one that never sends a second code.
    retry_if_documented,  ///< The same instance again, where the vendor's documents ask for it.
    failover              ///< The next instance, after that: two codes may arrive.
};

/// The stable name: `stop`, `retry_if_documented`, `failover`.
[[nodiscard]] std::string_view to_string(OnUnknown choice) noexcept;

/// How often an instance is asked first, beside the others of its route; one that is not named has
/// 1. Each 1 to 1,000. Only for `RouteStrategy::weighted`.
using InstanceWeights = std::map<std::string, std::uint32_t, std::less<>>;

/// Other instances for some of a route's requests.
struct RouteRule {
    /// The recipient's phone number begins with one of these: `+` and 1 to 15 digits, the first of
    /// them not 0. Empty: any recipient, also one without a number. A rule has prefixes, channels
    /// or both.
    std::vector<std::string> phone_prefixes{};
    /// The request asks for one of these. One that leaves the channel open asks for that of its
    /// recipient: `sms` for a phone number, else `email`. Empty: any channel.
    std::vector<Channel> channels{};
    std::vector<std::string> use{};
    InstanceWeights weights{};
};

/// That a variable of the environment decides what a route uses.
struct RouteOverride {
    /// `OTP_ROUTE_LOGIN`.
    std::string variable;
    /// What the configuration itself says, and the variable replaces.
    std::vector<std::string> configured_use;
    std::vector<RouteRule> configured_rules{};
};

/// A name that application code uses, and the instances that may serve it.
struct RouteConfig {
    std::string name;
    /// For requests that no rule is about.
    std::vector<std::string> use;
    /// Set where `use` comes from the environment, which takes the rules away, too. The client
    /// looks there again when it is made (`ClientOptions::environment`), and then begins with
    /// `configured_use` and `configured_rules`.
    std::optional<RouteOverride> environment_override{};
    InstanceWeights weights{};
    RouteStrategy strategy{RouteStrategy::in_order};
    /// The first one that holds for a request decides.
    std::vector<RouteRule> rules{};
    OnUnknown on_unknown{OnUnknown::stop};
    /// Attempts of one operation at all instances together. 1 to 20.
    std::size_t max_attempts{6};
};

}  // namespace otp
