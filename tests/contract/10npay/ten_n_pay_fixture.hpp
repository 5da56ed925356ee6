#pragma once

#include "10npay/ten_n_pay_adapter.hpp"
#include "contract/contract_support.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace otp::contract {

inline std::unique_ptr<ProviderAdapter> make_adapter(Pairs options = {}) {
    auto const instance = make_instance("10npay", {{"access_token", "not-a-real-token"}}, options);
    return ten_n_pay::make_ten_n_pay_adapter(instance).value();
}

inline std::unique_ptr<ProviderAdapter> make_adapter_with_secret() {
    auto const instance = make_instance(
        "10npay", {{"client_id", "merchant"}, {"client_secret", "not a real&secret"}}
    );
    return ten_n_pay::make_ten_n_pay_adapter(instance).value();
}

/// An answer with its length, as servers send it.
inline HttpResponse sized_answer(int status, std::string body, HttpHeaders headers = {}) {
    if (status != 204) headers.append("Content-Length", std::to_string(body.size()));
    return answer(status, std::move(body), std::move(headers));
}

/// The documentation's example.
inline SendOtp send_to(std::string_view user_id = "2077") {
    Recipient recipient(phone("+359881234567"));
    recipient.user_ids.emplace("10npay", std::string(user_id));
    return SendOtp(std::move(recipient));
}

inline SendOtp resend_to(std::string_view user_id = "2077") {
    SendOtp send = send_to(user_id);
    send.vendor_fields["10npay"]["resend"] = "true";
    return send;
}

inline VerifyOtp verify_of(std::string_view user_id = "2077", std::string_view typed = "714982") {
    VerificationHandle handle("main", "10npay", Channel::sms);
    handle.set_reference("user_id", user_id);
    return VerifyOtp(std::move(handle), code(typed));
}

}  // namespace otp::contract
