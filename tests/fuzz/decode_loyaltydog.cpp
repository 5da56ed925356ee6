#include "fuzz/harness/decode_target.hpp"

namespace {

otp::fuzz::DecodeTarget& target() {
    static otp::fuzz::DecodeTarget decoder(
        otp::fuzz::loyaltydog_oracle(),
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
