#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace otp::fuzz {

/// Lets libFuzzer change the bytes, which may get up to twice as many, but not more than
/// `max_size`.
inline void mutate_bytes(std::string& text, std::size_t max_size) {
    auto const size = text.size();
    text.resize(std::max<std::size_t>(size, std::min(2 * size + 16, max_size)));
    text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
}

}  // namespace otp::fuzz
