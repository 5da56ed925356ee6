#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace otp::conformance {

/// A number as it stands in a body, and its size, by which numbers are ordered.
struct LimitNumber {
    std::string raw{};
    long double value{0};
};

/// Numbers at and beyond the limits of integers and of floating point, negative ones and such with
/// a fraction, in ascending order.
[[nodiscard]] std::vector<LimitNumber> numbers_at_limits();

/// What becomes `number` if it is cut to 16, 32 or 64 bits.
[[nodiscard]] std::vector<std::string> congruent_numbers(long long number);

/// The number that a member holds, be it written as a text; nothing if it is none.
[[nodiscard]] bool is_number(boost::json::value const& value);

}  // namespace otp::conformance
