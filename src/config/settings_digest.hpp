#pragma once

#include "config/proxies_of_instance.hpp"

#include <otp/config.hpp>
#include <otp/vendor_description.hpp>

#include <span>
#include <string>

namespace otp::config {

/// Stands for all that an instance is made from, secrets, ways and the contents of its TLS files
/// included, and of the files that its options name (`known_options`): two that are equal make the
/// same instance. Tells nothing of the settings (SHA-256).
[[nodiscard]] std::string settings_digest(
    InstanceConfig const& instance,
    ProxiesOfInstance const& proxies,
    std::span<SettingDescription const> known_options = {}
);

}  // namespace otp::config
