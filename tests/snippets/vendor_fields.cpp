// What is particular to one vendor, as its page shows it.

#include <otp/otp.hpp>

namespace {

[[maybe_unused]]
// [snippet spherepay_request]
otp::SendOtp
spherepay_request(std::string const& customer_id) {
    otp::Recipient recipient;
    recipient.user_ids["spherepay"] = customer_id;
    otp::SendOtp request(std::move(recipient));
    request.channel = otp::Channel::email;  // default: sms
    return request;
}
// [snippet end]

[[maybe_unused]]
// [snippet loyaltydog_verify]
otp::VerifyOtp
loyaltydog_check(otp::VerificationHandle handle, otp::OtpCode code) {
    otp::VerifyOtp check(std::move(handle), std::move(code));
    check.vendor_fields["loyaltydog"]["name"] = "Jane Doe";  // the first registration only
    return check;
}
// [snippet end]

[[maybe_unused]]
// [snippet 10npay_resend]
otp::SendOtp
resend_to(std::string const& user_id) {
    otp::Recipient recipient;
    recipient.user_ids["10npay"] = user_id;
    otp::SendOtp request(std::move(recipient));
    request.vendor_fields["10npay"]["resend"] = "true";
    return request;
}
// [snippet end]

[[maybe_unused]]
// [snippet eko_request]
otp::SendOtp
eko_request(otp::PhoneNumber phone) {
    otp::SendOtp request(std::move(phone));
    request.reference = "REQ-20260101-001";  // client_ref_id, at most 20 characters
    request.vendor_fields["eko"]["csp_id"] = "9002336768";
    return request;
}
// [snippet end]

[[maybe_unused]]
// [snippet stytch_session]
otp::VerifyOtp
start_session(otp::VerificationHandle handle, otp::OtpCode code) {
    otp::VerifyOtp check(std::move(handle), std::move(code));
    check.vendor_fields["stytch"]["session_duration_minutes"] = "60";
    return check;  // verification.session->token and ->jwt hold what Stytch answers
}
// [snippet end]

}  // namespace
