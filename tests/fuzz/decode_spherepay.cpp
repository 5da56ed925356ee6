#include "fuzz/harness/decode_target.hpp"

namespace otp::fuzz {

DecodeTarget decode_target() {
    return DecodeTarget(
        spherepay_oracle(),
        {"customerId",
         "expiresAt",
         "verifiedAt",
         "correlationId",
         "errors",
         "pointer",
         "ts",
         "general"},
        {"customer_f31121c389624d3697cbf3ea8830b7a4",
         "customer_0000",
         "address/invalid",
         "resource/not-found",
         "validation/failed",
         "unauthorized",
         "/email",
         "/phone"}
    );
}

}  // namespace otp::fuzz
