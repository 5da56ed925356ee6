#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/vendor_description.hpp>

#include <memory>

namespace otp::eko {

/// What Eko needs and offers.
[[nodiscard]] VendorDescription const& eko_description();

/// The adapter of Eko's mobile OTP service (https://eps.eko.in/docs/mobile-otp-send,
/// https://eps.eko.in/docs/mobile-otp-verify). Errors: `config_invalid`, all mistakes together.
[[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_eko_adapter(
    InstanceConfig const& instance
);

}  // namespace otp::eko
