#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/vendor_description.hpp>

#include <memory>

namespace otp::loyaltydog {

[[nodiscard]] VendorDescription const& loyaltydog_description();

/// An adapter for LoyaltyDog's gift card customers:
/// https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp
///
/// Errors: `config_invalid`, all violations together.
[[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_loyaltydog_adapter(
    InstanceConfig const& instance
);

}  // namespace otp::loyaltydog
