#pragma once

#include <otp/adapter/provider_adapter.hpp>
#include <otp/config.hpp>
#include <otp/result.hpp>
#include <otp/vendor_description.hpp>

#include <memory>

namespace otp::stytch {

/// What Stytch needs and offers.
[[nodiscard]] VendorDescription const& stytch_description();

/// The adapter of Stytch's one-time passcodes by SMS, WhatsApp and email
/// (https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send,
/// https://stytch.com/docs/api/authenticate-otp). Errors: `config_invalid`, all mistakes together.
[[nodiscard]] Result<std::unique_ptr<ProviderAdapter>> make_stytch_adapter(
    InstanceConfig const& instance
);

}  // namespace otp::stytch
