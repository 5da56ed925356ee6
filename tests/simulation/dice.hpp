#pragma once

#include <otp/seam/random_source.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace otp::simulation {

/// Chance that repeats: the same seed throws the same numbers, on every machine. Not thread-safe.
class Dice {
public:
    explicit Dice(std::uint64_t seed) noexcept : state_(seed) {}

    [[nodiscard]] std::uint64_t next() noexcept;
    /// 0 to `count` - 1; `count` is above 0.
    [[nodiscard]] std::size_t below(std::size_t count) noexcept;
    /// `low` to `high`, both included.
    [[nodiscard]] std::size_t between(std::size_t low, std::size_t high) noexcept;
    [[nodiscard]] std::chrono::milliseconds between(
        std::chrono::milliseconds low, std::chrono::milliseconds high
    ) noexcept;
    /// Whether something happens that happens so often in a hundred times.
    [[nodiscard]] bool percent(std::size_t often) noexcept { return below(100) < often; }
    template <class Value>
    [[nodiscard]] Value const& pick(std::span<Value const> values) noexcept {
        return values[below(values.size())];
    }
    /// Another sequence, so that what draws from it does not move this one.
    [[nodiscard]] Dice fork() noexcept { return Dice(next()); }

private:
    std::uint64_t state_;
};

/// The client's random bytes.
class ThrownBytes final : public RandomSource {
public:
    explicit ThrownBytes(Dice dice) noexcept : dice_(dice) {}
    void fill(std::span<std::byte> bytes) override;

private:
    Dice dice_;
};

}  // namespace otp::simulation
