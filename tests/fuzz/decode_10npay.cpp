#include "fuzz/harness/decode_target.hpp"

namespace {

otp::fuzz::DecodeTarget& target() {
    static otp::fuzz::DecodeTarget decoder(
        otp::fuzz::ten_n_pay_oracle(),
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
    return decoder;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    return target().run(data, size);
}

extern "C" std::size_t LLVMFuzzerCustomMutator(
    std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed
) {
    return target().mutate(data, size, max_size, seed);
}
