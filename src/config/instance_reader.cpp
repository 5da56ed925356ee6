#include "config/instance_reader.hpp"

#include "config/base_url.hpp"
#include "config/config_keys.hpp"
#include "config/config_name.hpp"
#include "config/delivery_config.hpp"
#include "config/http_limits.hpp"
#include "config/proxy_config.hpp"
#include "config/recording_keys.hpp"
#include "config/tls_config.hpp"
#include "config/vendor_settings.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/setting_names.hpp>
#include <otp/json_body.hpp>

#include <string>
#include <utility>
#include <vector>

namespace otp::config {

namespace {

// What the registry, which holds names against the vendor's description, and the vendor's adapter
// say of an instance.
void report(Error const& error, std::string const& pointer, Violations& violations) {
    if (error.violations.empty()) {
        violations.add(pointer, error.message);
        return;
    }
    // For the adapter, what could not be read is empty or not there, and it may say so at that very
    // place: that is not another mistake. But two findings of the adapter are two mistakes.
    std::vector<FieldViolation> fresh;
    for (auto const& violation : error.violations) {
        if (!violations.has(pointer + violation.pointer)) {
            fresh.push_back({pointer + violation.pointer, violation.message});
        }
    }
    for (auto& violation : fresh) {
        violations.add(std::move(violation.pointer), std::move(violation.message));
    }
}

// Null, and a violation, if there is no such vendor.
VendorDescription const* read_vendor(
    ObjectReader const& object, InstanceConfig& instance, ReadContext const& context
) {
    if (object.require("vendor") == nullptr) return nullptr;
    auto const name = object.text("vendor");
    if (!name) return nullptr;
    instance.vendor = *name;
    auto const* vendor = context.vendors.find(*name);
    if (vendor == nullptr) {
        // The registry says so, with the nearest name.
        auto const adapter = context.vendors.make_adapter(instance);
        report(adapter.error(), object.pointer(), context.violations);
    }
    return vendor;
}

std::optional<std::string> read_base_url(ObjectReader const& instance) {
    auto const text = instance.text("base_url");
    if (!text) return std::nullopt;
    auto const checked = check_base_url(*text);
    if (!checked) {
        instance.refuse("base_url", checked.error().text);
        return std::nullopt;
    }
    return *checked;
}

// A folder, which need not be there yet: a recording makes it, and a replay says what is wrong.
std::optional<std::filesystem::path> read_folder(
    ObjectReader const& instance, std::string_view key, std::filesystem::path const& base_directory
) {
    auto const text = instance.text(key);
    if (!text) return std::nullopt;
    if (text->empty() || text->find('\0') != std::string_view::npos) {
        instance.refuse(key, "must be the path of a folder");
        return std::nullopt;
    }
    return base_directory / std::filesystem::path(*text);
}

}  // namespace

InheritedSettings read_inherited_settings(
    ObjectReader const& object, InheritedSettings const& inherited, ReadContext const& context
) {
    InheritedSettings settings;
    settings.limits = read_http_limits(object, inherited.limits);
    settings.delivery = read_delivery_config(object, inherited.delivery);
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
    if (auto const mistake = name_mistake(name)) context.violations.add(pointer, mistake->text);
    auto const object = ObjectReader::open(value, pointer, instance_keys, context.violations);
    if (!object) return instance;
    auto const* vendor = read_vendor(*object, instance, context);
    auto names = read_setting_names(*object);
    names.environment = object->text("environment");
    instance.environment = names.environment.value_or("");
    instance.base_url = read_base_url(*object);
    instance.credentials = read_credentials(*object, vendor, context.secrets);
    instance.options = read_options(*object, vendor, context.sources);
    instance.record = read_folder(*object, "record", context.sources.base_directory);
    instance.replay = read_folder(*object, "replay", context.sources.base_directory);
    check_recording_keys(instance, pointer, context.violations);

    auto settings = read_inherited_settings(*object, inherited, context);
    instance.tls = std::move(settings.tls);
    instance.limits = settings.limits;
    instance.delivery = settings.delivery;
    instance.proxy = std::move(settings.proxy);
    instance.ignore_proxy_environment = settings.ignore_proxy_environment;

    if (vendor != nullptr) {
        auto const adapter = context.vendors.make_adapter(instance, names);
        if (!adapter) report(adapter.error(), pointer, context.violations);
    }
    return instance;
}

}  // namespace otp::config
