#pragma once

#include "common/stack_json.hpp"

#include <otp/result.hpp>

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
    /// Why it is no success after all; empty if it is one.
    std::string_view problem;
};

/// Reads the body of a 200. `method_id_name` is the member with the id of the phone number or email
/// address: `phone_id`, `email_id`, `method_id`. Errors: those of `parse_json_object`.
[[nodiscard]] Result<StytchSuccess> read_success(
    std::string_view body, std::string_view method_id_name, common::StackJson& memory
);

/// Whether it can be kept in a handle and sent back: 1 to 255 visible ASCII characters.
[[nodiscard]] bool is_stytch_id(std::string_view text) noexcept;

}  // namespace otp::stytch
