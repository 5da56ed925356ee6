#pragma once

#include "common/stack_json.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/success_table.hpp>
#include <otp/result.hpp>

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>

namespace otp::stytch {

/// The members that a success is made of, read in one walk over the body. Views live as long as the
/// body and the memory; a member that is missing, null or no text is an empty one.
struct StytchSuccess {
    std::string_view request_id;
    std::string_view user_id;
    std::string_view method_id;
    std::string_view session_token;
    std::string_view session_jwt;
    /// It has an `error_type`, or an `error` of the OAuth 2.0 form.
    bool names_an_error{false};
    /// `status_code` is missing or repeats the HTTP status, as a number or as a text.
    bool repeats_the_status{true};
    /// A session is a text or null.
    bool has_sessions_as_texts{true};
    /// The whole body, if it is nested or has a member that can speak against a success; most
    /// bodies are flat and have none, and are not read twice.
    std::optional<boost::json::object> tree;
};

/// Reads the body of a 200. `method_id_name` is the member with the id of the phone number or email
/// address: `phone_id`, `email_id`, `method_id`. Errors: those of `parse_json_object`.
[[nodiscard]] Result<StytchSuccess> read_success(
    std::string_view body, std::string_view method_id_name, common::StackJson& memory
);

/// An answer beside whom the request or the handle names. Lives as long as what its members refer
/// to.
struct Answer {
    HttpResponse const& response;
    boost::json::object const* body;
    StytchSuccess const& success;
    /// Of the handle; empty for a send, which is answered with a new one.
    std::string_view method_id;
    /// The user that the phone number or address is to be added to; empty if the request names
    /// none.
    std::string_view user_id;
    /// To whom the code was sent, as a number or as an address; empty for a verify.
    std::string_view recipient;
};

/// https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send
extern SuccessTable<Answer> const send_success;

/// https://stytch.com/docs/api/authenticate-otp
extern SuccessTable<Answer> const verify_success;

}  // namespace otp::stytch
