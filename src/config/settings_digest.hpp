#pragma once

#include "config/proxies_of_instance.hpp"

#include <otp/config.hpp>

#include <string>

namespace otp::config {

/// Stands for all that an instance is made from, secrets, ways and the contents of its TLS files
/// included: two that are equal make the same instance. Tells nothing of the settings (SHA-256).
[[nodiscard]] std::string settings_digest(
    InstanceConfig const& instance, ProxiesOfInstance const& proxies
);

}  // namespace otp::config
