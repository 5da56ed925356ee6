#include "model/typed_text.hpp"
#include "model/unicode_classes.hpp"
#include "model/unicode_digits.hpp"
#include "model/utf8.hpp"

#include <otp/otp_code.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <ostream>

namespace otp {

namespace {

/// What keyboards and people set between groups of digits, and Unicode does not call a dash.
constexpr std::array<char32_t, 9> other_separators{
    0x00B7,  // middle dot
    0x2022,  // bullet
    0x2027,  // hyphenation point
    0x2219,  // bullet operator
    0x30FB,  // katakana middle dot
    0x30FC,  // katakana-hiragana prolonged sound mark, beside the digits of a Japanese keyboard
    0xFF5E,  // full-width tilde, which Windows gives for the wave dash
    0xFF65,  // half-width katakana middle dot
    0xFF70,  // half-width katakana-hiragana prolonged sound mark
};

bool is_separator(char32_t c) noexcept {
    return model::is_dash(c) ||
           std::find(other_separators.begin(), other_separators.end(), c) != other_separators.end();
}

/// The code as it is read from what was typed. Wiped, since it is a copy of a secret.
class TypedCode {
public:
    TypedCode() = default;
    TypedCode(TypedCode const&) = delete;
    TypedCode& operator=(TypedCode const&) = delete;
    ~TypedCode() { wipe_memory(text_.data(), text_.size()); }

    /// False for a character that stands in no code, and for one too many.
    bool add(char32_t c) noexcept {
        if (int const digit = model::decimal_digit(c); digit >= 0) {
            c = static_cast<char32_t>('0' + digit);
        } else if (is_no_part(c)) {
            return true;
        } else if (char const ascii = model::ascii_of_full_width(c); ascii != '\0') {
            c = static_cast<char32_t>(ascii);
        }
        if (c <= U' ' || c > U'~' || size_ == text_.size()) return false;
        text_[size_++] = static_cast<char>(c);
        return true;
    }

    [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

private:
    /// What only groups the characters of a code, or is not seen at all.
    static bool is_no_part(char32_t c) noexcept {
        return model::is_unicode_white_space(c) || is_separator(c) || model::is_invisible(c);
    }

    std::array<char, 64> text_{};
    std::size_t size_{0};
};

bool read_code(std::string_view typed, TypedCode& code) noexcept {
    while (!typed.empty()) {
        auto const character = model::first_code_point(typed);
        if (!character.valid || !code.add(character.value)) return false;
        typed.remove_prefix(character.size);
    }
    return !code.text().empty();
}

}  // namespace

Result<OtpCode> OtpCode::parse(std::string_view code) {
    TypedCode typed;
    if (!read_code(code, typed)) {
        return field_error(
            ErrorCategory::invalid_request,
            "/code",
            "must be 1 to 64 digits, letters or other printable ASCII characters"
        );
    }
    return OtpCode(Secret(typed.text()));
}

std::ostream& operator<<(std::ostream& out, OtpCode const& /*code*/) {
    return out << "***";
}

}  // namespace otp
