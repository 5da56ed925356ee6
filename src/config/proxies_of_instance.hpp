#pragma once

#include "config/route_override.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>

#include <optional>

namespace otp::config {

/// The ways of one instance. Nothing: directly.
struct ProxiesOfInstance {
    std::optional<ProxyConfig> to_vendor;
    /// To the token endpoint; nothing as well if the adapter has none.
    std::optional<ProxyConfig> to_tokens;
};

/// Decides them (`choose_proxy`), each for itself. Errors: `config_invalid`.
[[nodiscard]] Result<ProxiesOfInstance> proxies_of_instance(
    InstanceConfig const& instance,
    ProviderAdapter const& adapter,
    EnvironmentLookup const& environment
);

}  // namespace otp::config
