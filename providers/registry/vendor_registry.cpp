#include "10npay/ten_n_pay_adapter.hpp"
#include "eko/eko_adapter.hpp"
#include "loyaltydog/loyaltydog_adapter.hpp"
#include "spherepay/spherepay_adapter.hpp"
#include "stytch/stytch_adapter.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/vendor_registry.hpp>

#include <string>
#include <utility>

namespace otp {

VendorRegistry VendorRegistry::built_in() {
    VendorRegistry registry;
    registry.add(ten_n_pay::ten_n_pay_description(), ten_n_pay::make_ten_n_pay_adapter);
    registry.add(eko::eko_description(), eko::make_eko_adapter);
    registry.add(loyaltydog::loyaltydog_description(), loyaltydog::make_loyaltydog_adapter);
    registry.add(spherepay::spherepay_description(), spherepay::make_spherepay_adapter);
    registry.add(stytch::stytch_description(), stytch::make_stytch_adapter);
    return registry;
}

void VendorRegistry::add(VendorDescription description, AdapterFactory factory) {
    std::string name = description.name;
    entries_.insert_or_assign(std::move(name), Entry{std::move(description), std::move(factory)});
}

VendorDescription const* VendorRegistry::find(std::string_view vendor) const noexcept {
    auto const found = entries_.find(vendor);
    return found == entries_.end() ? nullptr : &found->second.description;
}

std::vector<VendorDescription const*> VendorRegistry::vendors() const {
    std::vector<VendorDescription const*> all;
    all.reserve(entries_.size());
    for (auto const& [name, entry] : entries_) all.push_back(&entry.description);
    return all;
}

Result<std::unique_ptr<ProviderAdapter>> VendorRegistry::make_adapter(InstanceConfig const& instance
) const {
    auto const found = entries_.find(instance.vendor);
    if (found != entries_.end()) return found->second.factory(instance);
    std::string names;
    for (auto const& [name, entry] : entries_) names += (names.empty() ? "" : ", ") + name;
    return field_error(
        ErrorCategory::config_invalid,
        "/vendor",
        names.empty() ? std::string("unknown vendor; none is registered")
                      : "unknown vendor; known: " + names
    );
}

}  // namespace otp
