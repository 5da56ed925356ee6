#include "config/vendor_settings.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace otp::config {

namespace {

bool knows_credential(VendorDescription const& vendor, std::string_view name) {
    auto const known = adapter::credential_names(vendor);
    return std::find(known.begin(), known.end(), name) != known.end();
}

bool knows_option(VendorDescription const& vendor, std::string_view name) {
    return std::any_of(
        vendor.options.begin(),
        vendor.options.end(),
        [name](SettingDescription const& option) { return option.name == name; }
    );
}

// Nothing if the member is no object; empty if there is none.
std::optional<std::vector<std::string_view>> names_in(
    ObjectReader const& instance, std::string_view key
) {
    std::vector<std::string_view> names;
    auto const* value = instance.find(key);
    if (value == nullptr) return names;
    auto const* object = value->if_object();
    if (object == nullptr) return std::nullopt;
    for (auto const& member : *object) names.emplace_back(member.key());
    return names;
}

}  // namespace

adapter::SettingNames read_setting_names(ObjectReader const& instance) {
    adapter::SettingNames names;
    names.credentials = names_in(instance, "credentials");
    if (auto options = names_in(instance, "options")) names.options = std::move(*options);
    return names;
}

std::map<std::string, Secret, std::less<>> read_credentials(
    ObjectReader const& instance, VendorDescription const* vendor, SecretReader const& secrets
) {
    std::map<std::string, Secret, std::less<>> credentials;
    auto const* value = instance.find("credentials");
    if (value == nullptr) return credentials;
    auto const object =
        ObjectReader::open(*value, instance.pointer_of("credentials"), instance.violations());
    if (!object) return credentials;
    for (auto const& member : object->object()) {
        std::string_view const name = member.key();
        std::optional<Secret> secret;
        if (vendor == nullptr || knows_credential(*vendor, name)) {
            secret = secrets.read(*object, name);
        }
        credentials.emplace(name, secret ? std::move(*secret) : Secret());
    }
    return credentials;
}

std::map<std::string, std::string, std::less<>> read_options(
    ObjectReader const& instance, VendorDescription const* vendor
) {
    std::map<std::string, std::string, std::less<>> options;
    auto const* value = instance.find("options");
    if (value == nullptr) return options;
    auto const object =
        ObjectReader::open(*value, instance.pointer_of("options"), instance.violations());
    if (!object) return options;
    for (auto const& member : object->object()) {
        std::string_view const name = member.key();
        auto const& option = member.value();
        if (vendor != nullptr && !knows_option(*vendor, name)) continue;
        if (auto const* flag = option.if_bool()) {
            options.emplace(name, *flag ? "true" : "false");
        } else if (auto const* number = option.if_int64()) {
            options.emplace(name, std::to_string(*number));
        } else if (option.is_string()) {
            if (auto const text = object->text(name)) options.emplace(name, *text);
        } else {
            object->refuse(name, wrong_type("a string, a whole number, true or false", option));
        }
    }
    return options;
}

}  // namespace otp::config
