#pragma once

#include <otp/channel.hpp>

#include <string_view>

namespace otp::stytch {

/// One of the ways to send a code, and what differs between them.
struct SendEndpoint {
    Channel channel;
    /// Refuses somebody whom Stytch does not know.
    std::string_view send;
    /// Creates the user if need be.
    std::string_view login_or_create;
    /// The request's member for the address.
    std::string_view address;
    /// The answer's member for what `authenticate` calls `method_id`.
    std::string_view method_id;
};

inline constexpr SendEndpoint sms_endpoint{
    Channel::sms,
    "/v1/otps/sms/send",
    "/v1/otps/sms/login_or_create",
    "phone_number",
    "phone_id",
};
inline constexpr SendEndpoint whatsapp_endpoint{
    Channel::whatsapp,
    "/v1/otps/whatsapp/send",
    "/v1/otps/whatsapp/login_or_create",
    "phone_number",
    "phone_id",
};
inline constexpr SendEndpoint email_endpoint{
    Channel::email,
    "/v1/otps/email/send",
    "/v1/otps/email/login_or_create",
    "email",
    "email_id",
};

inline constexpr std::string_view authenticate_target = "/v1/otps/authenticate";

}  // namespace otp::stytch
