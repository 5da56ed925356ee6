#pragma once

#include "contract/contract_support.hpp"
#include "spherepay/spherepay_adapter.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace otp::contract {

/// The documentation's example.
inline constexpr std::string_view customer = "customer_f31121c389624d3697cbf3ea8830b7a4";

inline std::unique_ptr<ProviderAdapter> make_adapter() {
    auto const instance = make_instance("spherepay", {{"api_key", "not-a-real-key"}});
    return spherepay::make_spherepay_adapter(instance).value();
}

inline SendOtp send_to(std::string_view customer_id, Channel channel = Channel::sms) {
    Recipient recipient;
    recipient.user_ids.emplace("spherepay", std::string(customer_id));
    SendOtp send(std::move(recipient));
    send.channel = channel;
    return send;
}

inline VerifyOtp verify_of(
    std::string_view customer_id, std::string_view type, std::string_view typed = "123456"
) {
    VerificationHandle handle("main", "spherepay", type == "email" ? Channel::email : Channel::sms);
    handle.set_reference("customer_id", customer_id);
    handle.set_reference("type", type);
    return VerifyOtp(std::move(handle), code(typed));
}

}  // namespace otp::contract
