#include "10npay/ten_n_pay_adapter.hpp"
#include "eko/eko_adapter.hpp"
#include "loyaltydog/loyaltydog_adapter.hpp"
#include "spherepay/spherepay_adapter.hpp"
#include "stytch/stytch_adapter.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/setting_names.hpp>
#include <otp/error.hpp>
#include <otp/vendor_registry.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace otp {

namespace {

/// Nobody gets it by mistake who links the library alone.
constexpr std::string_view where_the_simulator_is =
    "the simulator is not one of this program's vendors: it comes with OtpClient::testing, as "
    "otp::testing::registry_with_simulator() of <otp/testing/simulator.hpp>, for ClientOptions and "
    "for reading the configuration";

/// Adds what a factory found to what is wrong with names. It may stumble over the same: a factory
/// that looks for a credential itself finds it missing, too, and one that compares the environment
/// with a credential finds that an unknown one differs. At the very place of a wrong name that is
/// no second mistake.
void add_findings(std::vector<FieldViolation>& wrong_names, Error const& found) {
    if (found.violations.empty()) {
        if (!found.message.empty()) wrong_names.push_back({"", found.message});
        return;
    }
    std::vector<FieldViolation> fresh;
    for (auto const& violation : found.violations) {
        auto const is_there = [&violation](FieldViolation const& wrong) {
            return wrong.pointer == violation.pointer;
        };
        if (std::none_of(wrong_names.begin(), wrong_names.end(), is_there)) {
            fresh.push_back(violation);
        }
    }
    wrong_names.insert(wrong_names.end(), fresh.begin(), fresh.end());
}

}  // namespace

VendorRegistry VendorRegistry::built_in() {
    VendorRegistry registry;
    registry.add(ten_n_pay::ten_n_pay_description(), ten_n_pay::make_ten_n_pay_adapter);
    registry.add(eko::eko_description(), eko::make_eko_adapter);
    registry.add(loyaltydog::loyaltydog_description(), loyaltydog::make_loyaltydog_adapter);
    registry.add(spherepay::spherepay_description(), spherepay::make_spherepay_adapter);
    registry.add(stytch::stytch_description(), stytch::make_stytch_adapter);
    return registry;
}

void VendorRegistry::add(
    VendorDescription description, AdapterFactory factory, TransportFactory transport
) {
    std::string name = description.name;
    entries_.insert_or_assign(
        std::move(name), Entry{std::move(description), std::move(factory), std::move(transport)}
    );
}

VendorDescription const* VendorRegistry::find(std::string_view vendor) const noexcept {
    auto const found = entries_.find(vendor);
    return found == entries_.end() ? nullptr : &found->second.description;
}

TransportFactory const* VendorRegistry::transport_of(std::string_view vendor) const noexcept {
    auto const found = entries_.find(vendor);
    if (found == entries_.end() || !found->second.transport) return nullptr;
    return &found->second.transport;
}

std::vector<VendorDescription const*> VendorRegistry::vendors() const {
    std::vector<VendorDescription const*> all;
    all.reserve(entries_.size());
    for (auto const& [name, entry] : entries_) all.push_back(&entry.description);
    return all;
}

Result<std::unique_ptr<ProviderAdapter>> VendorRegistry::make_adapter(InstanceConfig const& instance
) const {
    return make_adapter(instance, adapter::setting_names(instance));
}

Result<std::unique_ptr<ProviderAdapter>> VendorRegistry::make_adapter(
    InstanceConfig const& instance, adapter::SettingNames const& given
) const {
    auto const found = entries_.find(instance.vendor);
    if (found == entries_.end()) {
        std::vector<std::string_view> names;
        for (auto const& [name, entry] : entries_) names.emplace_back(name);
        auto mistake = adapter::unknown_vendor(instance.vendor, names);
        if (instance.vendor == "simulator") mistake.message = where_the_simulator_is;
        return field_error(ErrorCategory::config_invalid, mistake.pointer, mistake.message);
    }
    auto const& entry = found->second;
    auto wrong_names = adapter::check_setting_names(given, entry.description);
    auto made = entry.factory(instance);
    if (wrong_names.empty()) return made;
    Error error(ErrorCategory::config_invalid, "the instance is not configured correctly");
    error.instance = instance.name;
    error.vendor = instance.vendor;
    error.violations = std::move(wrong_names);
    if (!made) add_findings(error.violations, made.error());
    return error;
}

}  // namespace otp
