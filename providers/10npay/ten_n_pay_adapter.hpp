#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/vendor_description.hpp>

#include <memory>

namespace otp::ten_n_pay {

[[nodiscard]] VendorDescription const& ten_n_pay_description();

/// An adapter for 10n Payments' phone verification:
/// https://developers.10npay.com/docs/send-verification-code
///
/// Errors: `config_invalid`, all violations together.
[[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_ten_n_pay_adapter(
    InstanceConfig const& instance
);

}  // namespace otp::ten_n_pay
