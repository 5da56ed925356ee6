#include "model/json_exponents.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace otp::model {

namespace {

// More than any body has digits, so that no mantissa brings a bounded number back into range.
constexpr std::size_t most_digits = 8;

/// The end of the string that begins at `at`.
std::size_t skip_string(std::string const& text, std::size_t at) noexcept {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at;
}

bool begins_exponent(std::string const& text, std::size_t at) noexcept {
    return to_lower(text[at]) == 'e' && at > 0 && is_digit(text[at - 1]);
}

/// Bounds the digits that begin at `begin`; answers where they end.
std::size_t bound_digits(std::string& text, std::size_t begin) noexcept {
    auto const first = text.begin() + static_cast<std::ptrdiff_t>(begin);
    auto const end = std::find_if_not(first, text.end(), is_digit);
    auto const significant = std::find_if(first, end, [](char c) { return c != '0'; });
    if (end - significant > static_cast<std::ptrdiff_t>(most_digits)) {
        auto const kept = end - static_cast<std::ptrdiff_t>(most_digits);
        std::fill(first, kept, '0');
        std::fill(kept, end, '9');
    }
    return static_cast<std::size_t>(end - text.begin());
}

}  // namespace

void bound_exponents(std::string& text) noexcept {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') {
            at = skip_string(text, at);
        } else if (begins_exponent(text, at)) {
            bool const has_sign =
                at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+');
            at = bound_digits(text, at + (has_sign ? 2 : 1)) - 1;
        }
    }
}

}  // namespace otp::model
