#pragma once

#include "config/object_reader.hpp"
#include "config/secret_reader.hpp"
#include "config/violations.hpp"

#include <otp/config.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace otp::config {

/// What instances take from `defaults`, unless they say otherwise.
struct InheritedSettings {
    TlsConfig tls;
    HttpLimits limits;
    DeliveryConfig delivery;
    std::optional<ProxyConfig> proxy;
    bool ignore_proxy_environment{false};
};

/// What reading one part of a configuration needs to know of the rest.
struct ReadContext {
    VendorRegistry const& vendors;
    ConfigSources const& sources;
    SecretReader const& secrets;
    Violations& violations;
};

/// The settings of `inherited`, replaced by those that `object` names: the members that `defaults`
/// and an instance have in common.
[[nodiscard]] InheritedSettings read_inherited_settings(
    ObjectReader const& object, InheritedSettings const& inherited, ReadContext const& context
);

/// Reads one member of `instances` and lets the vendor's adapter check it, too.
[[nodiscard]] InstanceConfig read_instance(
    std::string_view name,
    boost::json::value const& value,
    InheritedSettings const& inherited,
    ReadContext const& context
);

}  // namespace otp::config
