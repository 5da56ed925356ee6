#include "simulation/operation_record.hpp"

#include <array>
#include <charconv>

namespace otp::simulation {

namespace {

constexpr std::string_view begin = "00-0000000000000001";
constexpr std::string_view end = "-00000000000000a1-01";
constexpr std::size_t digits = 16;

}  // namespace

std::string traceparent_of(std::uint64_t operation) {
    std::array<char, digits> number{};
    auto const made = std::to_chars(number.data(), number.data() + number.size(), operation, 16);
    auto const length = static_cast<std::size_t>(made.ptr - number.data());
    std::string text(begin);
    text.append(digits - length, '0').append(number.data(), length).append(end);
    return text;
}

std::uint64_t operation_of(std::string_view traceparent) noexcept {
    std::uint64_t operation = 0;
    if (traceparent.size() != begin.size() + digits + end.size()) return operation;
    auto const* const first = traceparent.data() + begin.size();
    std::from_chars(first, first + digits, operation, 16);
    return operation;
}

}  // namespace otp::simulation
