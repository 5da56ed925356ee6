#pragma once

#include <otp/config.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/vendor_description.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

class ProviderAdapter;

/// Makes the adapter (`otp/adapter/provider_adapter.hpp`) of one configured instance. Errors:
/// `config_invalid`, all violations together, with pointers relative to the instance
/// (`/credentials/project_id`).
using AdapterFactory =
    std::function<Result<std::unique_ptr<ProviderAdapter>>(InstanceConfig const& instance)>;

/// The vendors that a configuration can name.
///
/// Thread safety: like a standard container. Copies are independent.
class VendorRegistry {
public:
    /// Knows no vendor.
    VendorRegistry() = default;

    /// Knows the five vendors that come with the SDK.
    [[nodiscard]] static VendorRegistry built_in();

    /// Adds a vendor, or replaces the one of the same name.
    void add(VendorDescription description, AdapterFactory factory);

    /// Null if there is no such vendor. Valid until the registry is changed.
    [[nodiscard]] VendorDescription const* find(std::string_view vendor) const noexcept;

    /// In alphabetical order of their names.
    [[nodiscard]] std::vector<VendorDescription const*> vendors() const;

    /// Errors: `config_invalid` for an unknown vendor, and those of the factory.
    [[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_adapter(
        InstanceConfig const& instance
    ) const;

private:
    struct Entry {
        VendorDescription description;
        AdapterFactory factory;
    };
    std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace otp
