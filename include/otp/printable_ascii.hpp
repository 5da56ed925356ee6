#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace otp {

/// Whether all octets are printable ASCII, from `lowest` (0x20, the blank, or 0x21) to 0x7E. Looks
/// at eight octets at a time: header values, ids and codes pass here with every request.
[[nodiscard]] inline bool is_printable_ascii(
    std::string_view text, unsigned char lowest = 0x20
) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    constexpr std::uint64_t top_bits = 0x80 * each;
    std::uint64_t refused = 0;
    while (text.size() >= sizeof(std::uint64_t)) {
        std::uint64_t octets = 0;
        std::memcpy(&octets, text.data(), sizeof octets);
        // With the top bits set, no subtraction borrows from a neighbour: an octet below `lowest`
        // loses its top bit, one above 0x7E has it after an addition of one.
        refused |= ~((octets | top_bits) - lowest * each) & top_bits;
        refused |= (octets | ((octets & ~top_bits) + each)) & top_bits;
        text.remove_prefix(sizeof octets);
    }
    for (char const c : text) {
        auto const octet = static_cast<unsigned char>(c);
        if (octet < lowest || octet > 0x7E) return false;
    }
    return refused == 0;
}

}  // namespace otp
