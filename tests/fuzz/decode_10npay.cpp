#include "fuzz/harness/decode_target.hpp"

namespace otp::fuzz {

DecodeTarget decode_target() {
    return DecodeTarget(
        ten_n_pay_oracle(),
        {"errors",
         "Error",
         "Code",
         "traceId",
         "type",
         "title",
         "Title",
         "Status",
         "Detail",
         "id",
         "userId",
         "isPhoneNumberVerified",
         "verified",
         "message",
         "success"},
        {"Invalid code.",
         "Phone already registered",
         "UserNotFound",
         "2077",
         "2078",
         "One or more validation errors occurred.",
         "Bad Request",
         "00-0-0-00"}
    );
}

}  // namespace otp::fuzz
