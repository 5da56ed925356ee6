#pragma once

#include "config/checked.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace otp::config {

/// Inclusive bounds of a whole number.
struct IntegerRange {
    std::int64_t least;
    std::int64_t most;
};

/// Bounds of a number that may have a fraction; `most` belongs to them, `least` unless it is said
/// otherwise.
struct NumberRange {
    double least;
    double most;
    bool is_least_excluded{false};
};

/// What a number in the range is: `a whole number from 1 to 10`.
[[nodiscard]] std::string wanted(IntegerRange range);

/// The same: `a number from 1 to 10`, `a number above 0 and at most 1`.
[[nodiscard]] std::string wanted(NumberRange range);

/// What is wrong with a number outside of the range; nothing if it is inside.
[[nodiscard]] std::optional<Mistake> range_mistake(std::integral auto number, IntegerRange range) {
    if (std::cmp_greater_equal(number, range.least) && std::cmp_less_equal(number, range.most)) {
        return std::nullopt;
    }
    return Mistake{"must be " + wanted(range)};
}

/// The same. What is not a number is outside of every range.
[[nodiscard]] std::optional<Mistake> range_mistake(double number, NumberRange range);

}  // namespace otp::config
