#include "config/vendor_settings.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

namespace otp::config {

namespace {

bool knows_credential(VendorDescription const& vendor, std::string_view name) {
    auto const known = adapter::credential_names(vendor);
    return std::find(known.begin(), known.end(), name) != known.end();
}

/// Null if the vendor has no such option.
SettingDescription const* find_option(VendorDescription const& vendor, std::string_view name) {
    auto const found = std::find_if(
        vendor.options.begin(),
        vendor.options.end(),
        [name](SettingDescription const& option) { return option.name == name; }
    );
    return found == vendor.options.end() ? nullptr : &*found;
}

std::optional<std::string> read_text_option(
    ObjectReader const& options, std::string_view name, bool is_file, ConfigSources const& sources
) {
    auto const text = options.text(name);
    if (!text) return std::nullopt;
    if (!is_file) return std::string(*text);
    if (!sources.allow_files) {
        options.refuse(name, "names a file, and this text may name none");
        return std::nullopt;
    }
    if (text->empty() || text->find('\0') != std::string_view::npos) {
        options.refuse(name, "must be the path of a file");
        return std::nullopt;
    }
    return (sources.base_directory / std::filesystem::path(*text)).string();
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
    ObjectReader const& instance, VendorDescription const* vendor, ConfigSources const& sources
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
        auto const* const known = vendor != nullptr ? find_option(*vendor, name) : nullptr;
        if (vendor != nullptr && known == nullptr) continue;
        if (auto const* flag = option.if_bool()) {
            options.emplace(name, *flag ? "true" : "false");
        } else if (auto const* number = option.if_int64()) {
            options.emplace(name, std::to_string(*number));
        } else if (option.is_string()) {
            bool const is_file = known != nullptr && known->is_file;
            auto text = read_text_option(*object, name, is_file, sources);
            if (text) options.emplace(name, std::move(*text));
        } else {
            object->refuse(name, wrong_type("a string, a whole number, true or false", option));
        }
    }
    return options;
}

}  // namespace otp::config
