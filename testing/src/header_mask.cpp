#include <otp/testing/recording.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace otp::testing {
namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
        return lower(a) == lower(b);
    });
}

}  // namespace

bool is_plain_header(std::string_view name) noexcept {
    static constexpr std::array<std::string_view, 9> plain{
        "accept",
        "allow",
        "cache-control",
        "content-language",
        "content-type",
        "date",
        "retry-after",
        "www-authenticate",
        "x-content-type-options",
    };
    return std::any_of(plain.begin(), plain.end(), [name](std::string_view known) {
        return equal_ignoring_case(known, name);
    });
}

std::string mask_header(std::string_view name, std::string_view value) {
    if (is_plain_header(name)) return std::string(value);
    if (equal_ignoring_case(name, "authorization")) {
        for (std::string_view const scheme : {"Basic ", "Bearer "}) {
            if (value.substr(0, scheme.size()) == scheme) {
                return std::string(scheme) + std::string(masked_value);
            }
        }
    }
    return std::string(masked_value);
}

}  // namespace otp::testing
