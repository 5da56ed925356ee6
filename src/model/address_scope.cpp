#include "model/address_scope.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace otp::model {

namespace {

/// All addresses whose first bits are those of `prefix`.
template <std::size_t size>
struct Network {
    std::array<unsigned char, size> prefix;
    unsigned bits;
};

constexpr std::array<Network<4>, 11> local_ipv4{
    {{{0, 0, 0, 0}, 8},       // this network, and no address
     {{10, 0, 0, 0}, 8},      // private (RFC 1918)
     {{100, 64, 0, 0}, 10},   // behind a carrier's NAT (RFC 6598)
     {{127, 0, 0, 0}, 8},     // loopback
     {{169, 254, 0, 0}, 16},  // link-local (RFC 3927)
     {{172, 16, 0, 0}, 12},   // private
     {{192, 0, 0, 0}, 24},    // protocol assignments (RFC 6890)
     {{192, 168, 0, 0}, 16},  // private
     {{198, 18, 0, 0}, 15},   // measurements (RFC 2544)
     {{224, 0, 0, 0}, 4},     // multicast
     {{240, 0, 0, 0}, 4}}};   // reserved, and broadcast

constexpr std::array<Network<16>, 6> local_ipv6{
    {{{}, 128},                                                // no address
     {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128},  // loopback
     {{0xFC}, 7},                                              // unique local (RFC 4193)
     {{0xFE, 0x80}, 10},                                       // link-local
     {{0xFE, 0xC0}, 10},                                       // site-local (RFC 3879)
     {{0xFF}, 8}}};                                            // multicast

template <std::size_t size>
bool contains(Network<size> const& network, std::span<unsigned char const, size> address) {
    auto const bytes = network.bits / 8;
    auto const bits = network.bits % 8;
    if (!std::equal(address.begin(), address.begin() + bytes, network.prefix.begin())) return false;
    if (bits == 0) return true;
    auto const mask = 0xFFU << (8 - bits) & 0xFFU;
    return (address[bytes] & mask) == network.prefix[bytes];
}

template <std::size_t size, std::size_t count>
bool is_in_none(
    std::array<Network<size>, count> const& networks, std::span<unsigned char const, size> address
) {
    return std::none_of(networks.begin(), networks.end(), [address](auto const& network) {
        return contains(network, address);
    });
}

}  // namespace

bool is_public_address(std::span<unsigned char const, 4> ipv4) noexcept {
    return is_in_none(local_ipv4, ipv4);
}

bool is_public_address(std::span<unsigned char const, 16> ipv6) noexcept {
    return is_in_none(local_ipv6, ipv6);
}

}  // namespace otp::model
