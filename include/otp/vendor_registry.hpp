#pragma once

#include <otp/config.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/transport_factory.hpp>
#include <otp/vendor_description.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

class ProviderAdapter;

namespace adapter {
struct SettingNames;
}

/// Makes the adapter (`otp/adapter/provider_adapter.hpp`) of one configured instance. Errors:
/// `config_invalid`, all violations together, with pointers relative to the instance
/// (`/credentials/project_id`).
///
/// The registry checks names, environment and missing credentials by the vendor's description, and
/// calls the factory in any case, so that all mistakes are reported together: what the factory
/// makes of an instance whose names are wrong is not used.
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

    /// Adds a vendor, or replaces the one of the same name. `transport` makes the transports of its
    /// instances wherever the application gives none of its own (`ClientOptions::transport`): of a
    /// vendor that is reached in another way than by HTTP. Empty: it has none.
    void add(
        VendorDescription description, AdapterFactory factory, TransportFactory transport = {}
    );

    /// Null if there is no such vendor. Valid until the registry is changed.
    [[nodiscard]] VendorDescription const* find(std::string_view vendor) const noexcept;

    /// What makes the transports of a vendor's instances; null if there is no such vendor, or if it
    /// is reached like most (`make_http_transport`). Valid until the registry is changed.
    [[nodiscard]] TransportFactory const* transport_of(std::string_view vendor) const noexcept;

    /// In alphabetical order of their names.
    [[nodiscard]] std::vector<VendorDescription const*> vendors() const;

    /// Errors: `config_invalid` for an unknown vendor, for names and an environment that are not
    /// the vendor's and for credentials that are missing (`otp/adapter/setting_names.hpp`), and
    /// those of the factory. Of a place that names are wrong at, the factory's findings are left
    /// out.
    [[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_adapter(
        InstanceConfig const& instance
    ) const;

    /// The same where more was given than `instance` holds, or where its source could not be read
    /// in part: the names that are checked are `given`.
    [[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_adapter(
        InstanceConfig const& instance, adapter::SettingNames const& given
    ) const;

private:
    struct Entry {
        VendorDescription description;
        AdapterFactory factory;
        TransportFactory transport;
    };
    std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace otp
