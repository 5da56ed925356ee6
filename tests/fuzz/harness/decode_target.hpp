#pragma once

#include "fuzz/support/mutation.hpp"
#include "fuzz/support/vendor_under_test.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace otp::fuzz {

/// A libFuzzer target over one vendor's decoders: its input is an `Answer`.
class DecodeTarget {
public:
    /// `names` and `texts` are what mutations add of the vendor's own words.
    DecodeTarget(Oracle oracle, std::vector<std::string> names, std::vector<std::string> texts);

    int run(std::uint8_t const* data, std::size_t size);
    std::size_t mutate(
        std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned int seed
    );

private:
    [[nodiscard]] Answer any_recorded_answer(Random& random) const;

    VendorUnderTest vendor_;
    std::vector<std::string> names_;
    std::vector<std::string> texts_;
};

/// The vendor that a program tests: each of them defines its own.
[[nodiscard]] DecodeTarget decode_target();

}  // namespace otp::fuzz
