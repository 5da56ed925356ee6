#include "model/ascii.hpp"
#include "model/typed_text.hpp"
#include "model/unicode_digits.hpp"

#include <otp/phone_number.hpp>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <utility>

namespace otp {

namespace {

constexpr std::size_t min_digits = 2;
constexpr std::size_t max_digits = 15;

bool is_e164(std::string_view text) noexcept {
    if (text.size() < 1 + min_digits || text.size() > 1 + max_digits || text[0] != '+' ||
        text[1] == '0') {
        return false;
    }
    return std::all_of(text.begin() + 1, text.end(), model::is_digit);
}

/// A digit of any script has one value, and a full-width plus no other meaning, so neither is a
/// guess. Other full-width forms are no more a part of a number than their ASCII.
char ascii_of(char32_t c) noexcept {
    int const digit = model::decimal_digit(c);
    return digit >= 0 ? static_cast<char>('0' + digit) : model::ascii_of_full_width(c);
}

}  // namespace

Result<PhoneNumber> PhoneNumber::parse(std::string_view e164) {
    auto number = model::typed_text(e164, ascii_of);
    if (!is_e164(number)) {
        return field_error(
            ErrorCategory::invalid_recipient,
            "/to/phone",
            "must be an E.164 number: '+', country code and number, 2 to 15 digits without spaces"
        );
    }
    return PhoneNumber(std::move(number));
}

std::string PhoneNumber::masked() const {
    constexpr std::size_t shown_first = 4;
    constexpr std::size_t shown_last = 2;
    constexpr std::size_t least_hidden = 4;

    auto result = e164_;
    auto const digits = e164_.size() - 1;
    // Of a short number six digits would be nearly all, so only the first one is shown.
    bool const is_short = digits < shown_first + shown_last + least_hidden;
    auto const begin = std::size_t{1} + (is_short ? 1 : shown_first);
    auto const end = result.size() - (is_short ? 0 : shown_last);
    std::fill(
        result.begin() + static_cast<std::ptrdiff_t>(begin),
        result.begin() + static_cast<std::ptrdiff_t>(end),
        '*'
    );
    return result;
}

std::ostream& operator<<(std::ostream& out, PhoneNumber const& number) {
    return out << number.masked();
}

}  // namespace otp
