#include "adapter/credential_ways.hpp"
#include "model/wording.hpp"

#include <otp/adapter/setting_names.hpp>
#include <otp/json_body.hpp>
#include <otp/nearest_name.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace otp::adapter {
namespace {

using Names = std::vector<std::string_view>;

bool contains(Names const& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

class NameCheck {
public:
    explicit NameCheck(VendorDescription const& vendor) : vendor_(vendor) {}

    void check_environment(std::string_view environment) {
        Names const known(vendor_.environments.begin(), vendor_.environments.end());
        if (!contains(known, environment)) {
            refuse("/environment", model::unknown_name("environment", environment, known));
        }
    }

    void check_credentials(Names const& given) {
        auto const known = credential_names(vendor_);
        Names meant;
        for (auto const name : given) {
            if (contains(known, name)) {
                meant.push_back(name);
                continue;
            }
            refuse(
                append_json_pointer("/credentials", name),
                model::unknown_name("credential", name, known)
            );
            // Misspelt is not missing.
            if (auto const nearest = nearest_name(name, known)) meant.push_back(*nearest);
        }
        if (!vendor_.credentials.empty()) check_completeness(meant);
    }

    void check_options(Names const& given) {
        Names known;
        for (auto const& option : vendor_.options) known.emplace_back(option.name);
        for (auto const name : given) {
            if (contains(known, name)) continue;
            refuse(
                append_json_pointer("/options", name), model::unknown_name("option", name, known)
            );
        }
    }

    [[nodiscard]] std::vector<FieldViolation> take() && { return std::move(violations_); }

private:
    void check_completeness(Names const& given) {
        auto const needed = vendor_.name + " needs " + credential_ways(vendor_);
        // Empty where a vendor can do without credentials.
        auto const& way = vendor_.credentials[meant_credentials(given, vendor_)];
        if (given.empty() && !way.empty() && vendor_.credentials.size() > 1) {
            refuse("/credentials", "incomplete: " + needed);
            return;
        }
        for (auto const& name : way) {
            if (!contains(given, name)) {
                refuse(append_json_pointer("/credentials", name), "is missing: " + needed);
            }
        }
    }

    void refuse(std::string pointer, std::string message) {
        violations_.push_back({std::move(pointer), std::move(message)});
    }

    VendorDescription const& vendor_;
    std::vector<FieldViolation> violations_;
};

}  // namespace

SettingNames setting_names(InstanceConfig const& instance) {
    SettingNames names;
    if (!instance.environment.empty()) names.environment = instance.environment;
    for (auto const& [name, secret] : instance.credentials) names.credentials->push_back(name);
    for (auto const& [name, value] : instance.options) names.options.push_back(name);
    return names;
}

std::vector<FieldViolation> check_setting_names(
    SettingNames const& given, VendorDescription const& vendor
) {
    NameCheck check(vendor);
    if (given.environment) check.check_environment(*given.environment);
    if (given.credentials) check.check_credentials(*given.credentials);
    check.check_options(given.options);
    return std::move(check).take();
}

FieldViolation unknown_vendor(std::string_view vendor, std::span<std::string_view const> known) {
    return {"/vendor", model::unknown_name("vendor", vendor, known)};
}

}  // namespace otp::adapter
