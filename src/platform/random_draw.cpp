#include "platform/random_draw.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace otp::platform {

double random_draw(RandomSource& random) {
    std::array<std::byte, 4> octets{};
    random.fill(octets);
    std::uint32_t bits = 0;
    for (auto const octet : octets) bits = bits << 8U | std::to_integer<std::uint32_t>(octet);
    constexpr double values = 4294967296.0;
    return static_cast<double>(bits) / values;
}

}  // namespace otp::platform
