#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/export.hpp>
#include <otp/vendor_description.hpp>

#include <string>
#include <utility>

namespace OTP_EXPORT otp {
namespace adapter {

/// What every adapter of a configured instance knows: its vendor, and where the instance's requests
/// go.
class ConfiguredAdapter : public ProviderAdapter {
public:
    [[nodiscard]] VendorDescription const& vendor() const noexcept final { return vendor_; }
    [[nodiscard]] std::string const& base_url() const noexcept final { return base_url_; }

protected:
    /// `vendor` must outlive the object. `base_url` as `InstanceSettings::base_url` gives it.
    ConfiguredAdapter(VendorDescription const& vendor, std::string base_url)
        : vendor_(vendor), base_url_(std::move(base_url)) {}

private:
    VendorDescription const& vendor_;
    std::string base_url_;
};

}  // namespace adapter
}  // namespace otp
