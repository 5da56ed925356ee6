#include "fuzz/harness/decode_target.hpp"

namespace otp::fuzz {

DecodeTarget decode_target() {
    return DecodeTarget(
        eko_oracle(),
        {"status",
         "response_status_id",
         "response_type_id",
         "data",
         "mobile",
         "client_ref_id",
         "otp_ref_id",
         "tid",
         "otp_verification_token",
         "invalid_params",
         "invalid_parameters",
         "initiator_id",
         "otp",
         "otp_expiry_timestamp",
         "message"},
        {"0",
         "-1",
         "302",
         "303",
         "461",
         "9002336768",
         "9002336769",
         "REQ-20260101-001",
         "REQ-20260101-002",
         "Fri May 22 16:04:04 IST 2026",
         "Agent not allowed",
         "Kindly use your production key"}
    );
}

}  // namespace otp::fuzz
