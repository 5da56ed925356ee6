#pragma once

#include "contract/contract_support.hpp"
#include "loyaltydog/loyaltydog_adapter.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace otp::contract {

inline std::unique_ptr<ProviderAdapter> make_adapter() {
    auto const instance = make_instance("loyaltydog", {{"token", "not.a.real-token"}});
    return loyaltydog::make_loyaltydog_adapter(instance).value();
}

/// At a host that is not LoyaltyDog's production.
inline std::unique_ptr<ProviderAdapter> make_test_adapter() {
    auto instance = make_instance("loyaltydog", {{"token", "not.a.real-token"}});
    instance.base_url = "https://loyaltydog.example.com";
    return loyaltydog::make_loyaltydog_adapter(instance).value();
}

inline std::unique_ptr<ProviderAdapter> make_adapter_with_password() {
    auto const instance = make_instance(
        "loyaltydog", {{"username", "user@example.com"}, {"password", "not a real&password"}}
    );
    return loyaltydog::make_loyaltydog_adapter(instance).value();
}

inline SendOtp send_to_phone() {
    return SendOtp{Recipient(phone("+12025550162"))};
}
inline SendOtp send_to_email() {
    return SendOtp{Recipient(email("user@example.com"))};
}

inline VerifyOtp verify_of(std::string_view target, std::string_view typed = "123456") {
    VerificationHandle handle("main", "loyaltydog", Channel::sms);
    handle.set_reference("target", target);
    return VerifyOtp(std::move(handle), code(typed));
}

}  // namespace otp::contract
