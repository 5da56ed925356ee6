#include "config/vendor_settings.hpp"

#include "config/credential_names.hpp"
#include "config/wording.hpp"

#include <otp/nearest_name.hpp>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace otp::config {

namespace {

using Names = std::vector<std::string_view>;

bool contains(Names const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::map<std::string, Secret, std::less<>> read_credentials(
    ObjectReader const& instance, VendorDescription const* vendor, SecretReader const& secrets
) {
    std::map<std::string, Secret, std::less<>> credentials;
    std::set<std::string_view> given;
    auto const* value = instance.find("credentials");
    auto const object =
        value == nullptr
            ? std::nullopt
            : ObjectReader::open(*value, instance.pointer_of("credentials"), instance.violations());
    if (value != nullptr && !object) {
        return credentials;
    }
    auto const known = vendor == nullptr ? Names() : credential_names(*vendor);
    if (object) {
        for (auto const& member : object->object()) {
            std::string_view const name = member.key();
            if (vendor != nullptr && !contains(known, name)) {
                object->refuse(name, unknown_name("credential", name, known));
                // Misspelt is not missing.
                given.insert(nearest_name(name, known).value_or(name));
                continue;
            }
            given.insert(name);
            if (auto secret = secrets.read(*object, name)) {
                credentials.emplace(name, std::move(*secret));
            }
        }
    }
    if (vendor != nullptr) {
        check_credential_names(
            *vendor, given, instance.pointer_of("credentials"), instance.violations()
        );
    }
    return credentials;
}

std::map<std::string, std::string, std::less<>> read_options(
    ObjectReader const& instance, VendorDescription const* vendor
) {
    std::map<std::string, std::string, std::less<>> options;
    auto const* value = instance.find("options");
    if (value == nullptr) {
        return options;
    }
    auto const object =
        ObjectReader::open(*value, instance.pointer_of("options"), instance.violations());
    if (!object) {
        return options;
    }
    Names known;
    if (vendor != nullptr) {
        for (auto const& option : vendor->options) {
            known.emplace_back(option.name);
        }
    }
    for (auto const& member : object->object()) {
        std::string_view const name = member.key();
        auto const& option = member.value();
        if (vendor != nullptr && !contains(known, name)) {
            object->refuse(name, unknown_name("option", name, known));
        } else if (auto const* flag = option.if_bool()) {
            options.emplace(name, *flag ? "true" : "false");
        } else if (auto const* number = option.if_int64()) {
            options.emplace(name, std::to_string(*number));
        } else if (option.is_string()) {
            if (auto const text = object->text(name)) {
                options.emplace(name, *text);
            }
        } else {
            object->refuse(name, wrong_type("a string, a whole number, true or false", option));
        }
    }
    return options;
}

std::string read_environment(ObjectReader const& instance, VendorDescription const* vendor) {
    auto const environment = instance.text("environment");
    if (!environment) {
        return {};
    }
    if (vendor != nullptr) {
        Names const known(vendor->environments.begin(), vendor->environments.end());
        if (!contains(known, *environment)) {
            instance.refuse("environment", unknown_name("environment", *environment, known));
        }
    }
    return std::string(*environment);
}

}  // namespace otp::config
