#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/vendor_description.hpp>

#include <memory>

namespace otp::spherepay {

[[nodiscard]] VendorDescription const& spherepay_description();

/// An adapter for SpherePay's customer verification codes:
/// https://docs.spherepay.co/api-reference/enhanced-due-diligence/send-verification-code
///
/// Errors: `config_invalid`, all violations together.
[[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_spherepay_adapter(
    InstanceConfig const& instance
);

}  // namespace otp::spherepay
