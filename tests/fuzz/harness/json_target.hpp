#pragma once

#include "fuzz/support/mutation.hpp"

#include <cstddef>
#include <cstdint>

namespace otp::fuzz {

/// A libFuzzer mutator for inputs that are JSON: mostly changes the tree, now and then the bytes.
std::size_t mutate_json_input(
    std::uint8_t* data,
    std::size_t size,
    std::size_t max_size,
    unsigned int seed,
    Vocabulary const& vocabulary
);

}  // namespace otp::fuzz
