#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/json_object.hpp>
#include <otp/adapter/success_table.hpp>

#include <string_view>

namespace otp::stytch {

/// The answer to a request beside whom the request or the handle names. Lives as long as what its
/// members refer to.
struct Answer {
    HttpResponse const& response;
    adapter::JsonObject const* body;
    /// The member with the id of the phone number or email address: `phone_id`, `email_id`,
    /// `method_id`.
    std::string_view method_id_name;
    /// Of the handle; empty for a send, which is answered with a new one.
    std::string_view method_id{};
    /// The user that the phone number or address is to be added to; empty if the request names
    /// none.
    std::string_view user_id{};
    /// To whom the code was sent, as a number or as an address; empty for a verify.
    std::string_view recipient{};
};

/// Whether it has an `error_type`, or an `error` of the OAuth 2.0 form.
[[nodiscard]] bool names_an_error(adapter::JsonObject const& body);

/// What stands under `method_id_name`; empty if it is missing or no text.
[[nodiscard]] std::string_view method_id_of(Answer const& answer);

/// https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send
extern SuccessTable<Answer> const send_success;

/// https://stytch.com/docs/api/authenticate-otp
extern SuccessTable<Answer> const verify_success;

}  // namespace otp::stytch
