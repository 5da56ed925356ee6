#include "config/proxies_of_instance.hpp"

#include <otp/proxy_choice.hpp>

#include <utility>

namespace otp::config {

Result<ProxiesOfInstance> proxies_of_instance(
    InstanceConfig const& instance,
    ProviderAdapter const& adapter,
    EnvironmentLookup const& environment
) {
    ProxiesOfInstance proxies;
    auto to_vendor = choose_proxy(instance, adapter.base_url(), environment);
    if (!to_vendor) return std::move(to_vendor).error();
    proxies.to_vendor = std::move(to_vendor->proxy);

    auto const* const grant = adapter.token_grant();
    if (grant == nullptr) return proxies;
    auto to_tokens = choose_proxy(instance, grant->base_url(), environment);
    if (!to_tokens) return std::move(to_tokens).error();
    proxies.to_tokens = std::move(to_tokens->proxy);
    return proxies;
}

}  // namespace otp::config
