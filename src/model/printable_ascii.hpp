#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace otp::model {

/// Whether all octets are printable ASCII, from `lowest` (0x20, the blank, or 0x21) to 0x7E. Looks
/// at eight octets at a time: header values, ids and codes pass here with every request.
[[nodiscard]] inline bool is_printable_ascii(
    std::string_view text, unsigned char lowest = 0x20
) noexcept {
    constexpr std::size_t step = sizeof(std::uint64_t);
    if (text.size() < step) {
        return std::all_of(text.begin(), text.end(), [lowest](char c) {
            auto const octet = static_cast<unsigned char>(c);
            return octet >= lowest && octet <= 0x7E;
        });
    }
    constexpr std::uint64_t each = 0x0101010101010101;
    constexpr std::uint64_t top_bits = 0x80 * each;
    std::uint64_t refused = 0;
    std::uint64_t high_enough = top_bits;
    auto const look_at = [&](char const* eight) {
        std::uint64_t octets = 0;
        std::memcpy(&octets, eight, step);
        // Only an octet that has its top bit, and is refused for it, carries into its neighbour. Of
        // the others, one that is at least `lowest` has the top bit after the first addition, and
        // one above 0x7E after the second.
        high_enough &= octets + (0x80U - lowest) * each;
        refused |= octets | (octets + each);
    };
    char const* const last = text.data() + text.size() - step;
    for (char const* next = text.data(); next < last; next += step) look_at(next);
    // The last eight, some of which have mostly been looked at.
    look_at(last);
    return (refused & top_bits) == 0 && high_enough == top_bits;
}

}  // namespace otp::model
