#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>

namespace otp::mocks {

/// Codes and ids for the mock vendors: random, or the same sequence for the same seed. Not
/// thread-safe, and not fit for anything that has to stay secret.
class IdSource {
public:
    explicit IdSource(std::optional<std::uint32_t> seed)
        : engine_(seed ? *seed : std::random_device{}()) {}

    /// Decimal digits that are not all 0: a person's wrong guess in examples and tests.
    [[nodiscard]] std::string code(std::size_t digits);
    /// Lower-case hexadecimal digits.
    [[nodiscard]] std::string hex(std::size_t digits);
    /// The form of a UUID: 8-4-4-4-12 hexadecimal digits.
    [[nodiscard]] std::string uuid();

private:
    [[nodiscard]] std::string pick(std::size_t count, unsigned choices);
    std::mt19937 engine_;
};

}  // namespace otp::mocks
