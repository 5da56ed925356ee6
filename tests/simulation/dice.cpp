#include "simulation/dice.hpp"

namespace otp::simulation {

// SplitMix64 (Steele, Lea and Flood, 2014): small, quick, and good enough for chance in a test.
std::uint64_t Dice::next() noexcept {
    state_ += 0x9E3779B97F4A7C15U;
    auto mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
}

std::size_t Dice::below(std::size_t count) noexcept {
    return static_cast<std::size_t>(next() % count);
}

std::size_t Dice::between(std::size_t low, std::size_t high) noexcept {
    return low + below(high - low + 1);
}

std::chrono::milliseconds Dice::between(
    std::chrono::milliseconds low, std::chrono::milliseconds high
) noexcept {
    auto const steps = static_cast<std::size_t>((high - low).count());
    return low + std::chrono::milliseconds(below(steps + 1));
}

void ThrownBytes::fill(std::span<std::byte> bytes) {
    std::uint64_t left = 0;
    std::size_t octets = 0;
    for (auto& byte : bytes) {
        if (octets == 0) {
            left = dice_.next();
            octets = sizeof left;
        }
        byte = static_cast<std::byte>(left & 0xFFU);
        left >>= 8U;
        --octets;
    }
}

}  // namespace otp::simulation
