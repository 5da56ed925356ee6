#include "fuzz/harness/decode_target.hpp"

namespace otp::fuzz {

DecodeTarget decode_target() {
    return DecodeTarget(
        stytch_oracle(),
        {"request_id",
         "user_id",
         "phone_id",
         "email_id",
         "method_id",
         "session_token",
         "session_jwt",
         "error_type",
         "error_message",
         "error_url",
         "error_description",
         "error_uri",
         "status_code",
         "user",
         "user_created"},
        {"phone-number-test-00000000-0000-0000-0000-000000000002",
         "phone-number-test-00000000-0000-0000-0000-000000000003",
         "otp_code_not_found",
         "unable_to_auth_otp_code",
         "invalid_phone_number",
         "too_many_requests",
         "internal_server_error",
         "unauthorized_credentials",
         "https://stytch.com/docs/api/errors/401",
         "user-test-1"}
    );
}

}  // namespace otp::fuzz
