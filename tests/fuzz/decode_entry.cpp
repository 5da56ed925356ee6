// What libFuzzer calls, for the decode target of any vendor.
#include "fuzz/harness/decode_target.hpp"

namespace {

otp::fuzz::DecodeTarget& target() {
    static otp::fuzz::DecodeTarget decoder = otp::fuzz::decode_target();
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
