#include "fuzz/harness/decode_target.hpp"

namespace otp::fuzz {

DecodeTarget decode_target() {
    return DecodeTarget(
        loyaltydog_oracle(),
        {"success",
         "error",
         "verifiedTarget",
         "otpType",
         "sessionToken",
         "identity",
         "mockCode",
         "phone",
         "email",
         "verified",
         "id",
         "details",
         "loc",
         "msg",
         "type",
         "input"},
        {"+12025550162",
         "+12025550163",
         "user@example.com",
         "other@example.com",
         "000000000000000000000002",
         "rate_limited",
         "body",
         "target",
         "481592"}
    );
}

}  // namespace otp::fuzz
