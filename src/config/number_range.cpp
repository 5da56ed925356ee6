#include "config/number_range.hpp"

#include <array>
#include <charconv>

namespace otp::config {

namespace {

std::string shortest_text(double number) {
    std::array<char, 32> text{};
    auto const end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return {text.data(), end};
}

}  // namespace

std::string wanted(IntegerRange range) {
    return "a whole number from " + std::to_string(range.least) + " to " +
           std::to_string(range.most);
}

std::string wanted(NumberRange range) {
    auto const least = shortest_text(range.least);
    auto const most = shortest_text(range.most);
    if (range.is_least_excluded) return "a number above " + least + " and at most " + most;
    return "a number from " + least + " to " + most;
}

std::optional<Mistake> range_mistake(double number, NumberRange range) {
    bool const is_large_enough =
        range.is_least_excluded ? number > range.least : number >= range.least;
    if (is_large_enough && number <= range.most) return std::nullopt;
    return Mistake{"must be " + wanted(range)};
}

}  // namespace otp::config
