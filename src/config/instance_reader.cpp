#include "config/instance_reader.hpp"

#include "config/base_url.hpp"
#include "config/config_keys.hpp"
#include "config/config_name.hpp"
#include "config/http_limits.hpp"
#include "config/proxy_config.hpp"
#include "config/tls_config.hpp"
#include "config/vendor_settings.hpp"
#include "config/wording.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/json_body.hpp>

#include <string>
#include <utility>
#include <vector>

namespace otp::config {

namespace {

// Null, and a violation, if there is no such vendor.
VendorDescription const* read_vendor(ObjectReader const& instance, VendorRegistry const& vendors) {
    if (instance.require("vendor") == nullptr) {
        return nullptr;
    }
    auto const name = instance.text("vendor");
    if (!name) {
        return nullptr;
    }
    auto const* vendor = vendors.find(*name);
    if (vendor == nullptr) {
        std::vector<std::string_view> known;
        for (auto const* description : vendors.vendors()) {
            known.emplace_back(description->name);
        }
        instance.refuse("vendor", unknown_name("vendor", *name, known));
    }
    return vendor;
}

std::optional<std::string> read_base_url(ObjectReader const& instance) {
    auto const text = instance.text("base_url");
    if (!text) {
        return std::nullopt;
    }
    auto const checked = check_base_url(*text);
    if (!checked) {
        instance.refuse("base_url", checked.error().text);
        return std::nullopt;
    }
    return *checked;
}

// The adapter knows what this reader does not: formats of credentials, options, combinations.
void check_with_adapter(
    InstanceConfig const& instance, std::string const& pointer, ReadContext const& context
) {
    auto const adapter = context.vendors.make_adapter(instance);
    if (adapter) {
        return;
    }
    auto const error = adapter.error();
    if (error.violations.empty()) {
        context.violations.add_if_new(pointer, error.message);
        return;
    }
    // Both may have found the same mistake; but two findings of the adapter are two mistakes.
    std::vector<FieldViolation> fresh;
    for (auto const& violation : error.violations) {
        if (!context.violations.touches(pointer + violation.pointer)) {
            fresh.push_back({pointer + violation.pointer, violation.message});
        }
    }
    for (auto& violation : fresh) {
        context.violations.add(std::move(violation.pointer), std::move(violation.message));
    }
}

}  // namespace

InheritedSettings read_inherited_settings(
    ObjectReader const& object, InheritedSettings const& inherited, ReadContext const& context
) {
    InheritedSettings settings;
    settings.limits = read_http_limits(object, inherited.limits);
    settings.tls = inherited.tls;
    if (auto const* tls = object.find("tls")) {
        settings.tls = read_tls_config(
            *tls, object.pointer_of("tls"), inherited.tls, context.sources, context.violations
        );
    }
    auto const* proxy = object.find("proxy");
    if (proxy == nullptr) {
        settings.proxy = clone_proxy_config(inherited.proxy);
    } else if (!proxy->is_null()) {
        settings.proxy = read_proxy_config(
            *proxy, object.pointer_of("proxy"), context.secrets, context.violations
        );
    }
    settings.ignore_proxy_environment =
        object.flag("ignore_proxy_environment").value_or(inherited.ignore_proxy_environment);
    return settings;
}

InstanceConfig read_instance(
    std::string_view name,
    boost::json::value const& value,
    InheritedSettings const& inherited,
    ReadContext const& context
) {
    InstanceConfig instance;
    instance.name = std::string(name);
    auto const pointer = append_json_pointer("/instances", name);
    if (auto const mistake = name_mistake(name)) {
        context.violations.add(pointer, mistake->text);
    }
    auto const object = ObjectReader::open(value, pointer, instance_keys, context.violations);
    if (!object) {
        return instance;
    }
    auto const* vendor = read_vendor(*object, context.vendors);
    instance.environment = read_environment(*object, vendor);
    instance.base_url = read_base_url(*object);
    instance.credentials = read_credentials(*object, vendor, context.secrets);
    instance.options = read_options(*object, vendor);

    auto settings = read_inherited_settings(*object, inherited, context);
    instance.tls = std::move(settings.tls);
    instance.limits = settings.limits;
    instance.proxy = std::move(settings.proxy);
    instance.ignore_proxy_environment = settings.ignore_proxy_environment;

    if (vendor != nullptr) {
        instance.vendor = vendor->name;
        check_with_adapter(instance, pointer, context);
    }
    return instance;
}

}  // namespace otp::config
