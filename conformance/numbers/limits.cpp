#include "numbers/limits.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace otp::conformance {
namespace {

constexpr std::array limits{
    "-1.7976931348623157e308",
    "-18446744073709551616",
    "-9223372036854775809",
    "-9223372036854775808",
    "-9223372036854776",
    "-2147483649",
    "-2147483648",
    "-1.5",
    "-1",
    "-0.5",
    "0",
    "0.5",
    "1",
    "1.5",
    "60",
    "32768",
    "65596",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967356",
    "9223372036",
    "9223372037",
    "153722867280912931",
    "9007199254740993",
    "9223372036854775",
    "9223372036854776",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551615",
    "18446744073709551676",
    "1e19",
    "1e300",
    "1.7976931348623157e308",
};

/// `number` with 2^64 added: beyond what an integer holds. For numbers that are not negative.
std::string plus_two_to_the_64(unsigned long long number) {
    constexpr unsigned long long base = 1'000'000'000ULL;
    // 2^64 = 18 446744073 709551616.
    std::array<unsigned long long, 3> parts{709551616ULL, 446744073ULL, 18ULL};
    for (auto& part : parts) {
        part += number % base;
        number /= base;
    }
    for (std::size_t index = 0; index + 1 < parts.size(); ++index) {
        parts[index + 1] += parts[index] / base;
        parts[index] %= base;
    }
    auto const nine = [](unsigned long long part) {
        auto const digits = std::to_string(part);
        return std::string(9 - digits.size(), '0') + digits;
    };
    return std::to_string(parts[2]) + nine(parts[1]) + nine(parts[0]);
}

}  // namespace

std::vector<LimitNumber> numbers_at_limits() {
    std::vector<LimitNumber> numbers;
    for (std::string const raw : limits) numbers.push_back({raw, std::stold(raw)});
    std::sort(numbers.begin(), numbers.end(), [](auto const& left, auto const& right) {
        return std::tie(left.value, left.raw) < std::tie(right.value, right.raw);
    });
    return numbers;
}

std::vector<std::string> congruent_numbers(long long number) {
    std::vector<std::string> found;
    for (long long const modulus : {1LL << 16, 1LL << 32}) {
        if (number > -modulus && number < modulus) {
            found.push_back(std::to_string(number + modulus));
        }
    }
    if (number >= 0) found.push_back(plus_two_to_the_64(static_cast<unsigned long long>(number)));
    return found;
}

bool is_number(boost::json::value const& value) {
    if (value.is_number()) return true;
    if (!value.is_string() || value.get_string().empty()) return false;
    auto const& text = value.get_string();
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace otp::conformance
