#include "model/typed_code.hpp"

#include "model/ascii.hpp"
#include "model/typed_text.hpp"
#include "model/unicode_classes.hpp"
#include "model/unicode_digits.hpp"
#include "model/utf8.hpp"

#include <otp/secret.hpp>

#include <algorithm>

namespace otp::model {

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

/// What sentences, messages and their formatting set around a code.
constexpr std::string_view surrounding_marks = ".,;:!?()[]{}<>\"'`*#";
/// What people and number formats set between digits.
constexpr std::string_view grouping_marks = ".,'_";

bool is_separator(char32_t c) noexcept {
    return is_dash(c) ||
           std::find(other_separators.begin(), other_separators.end(), c) != other_separators.end();
}

/// What only groups the characters of a code, or is not seen at all.
bool is_no_part(char32_t c) noexcept {
    return is_unicode_white_space(c) || is_separator(c) || is_invisible(c);
}

/// An ASCII mark of the same kind as the punctuation `c`; 0 if it is none.
char ascii_of_punctuation(char32_t c) noexcept {
    constexpr char32_t ellipsis = 0x2026;
    constexpr char32_t arabic_decimal_separator = 0x066B;
    constexpr char32_t arabic_thousands_separator = 0x066C;

    if (is_quotation_mark(c)) return '\'';
    if (is_bracket(c)) return '(';
    bool const is_stop = is_terminal_punctuation(c) || c == ellipsis;
    bool const groups = c == arabic_decimal_separator || c == arabic_thousands_separator;
    return is_stop || groups ? '.' : '\0';
}

bool is_one_of(std::string_view marks, char c) noexcept {
    return marks.find(c) != marks.npos;
}

std::string_view without_surrounding_marks(std::string_view text) noexcept {
    while (!text.empty() && is_one_of(surrounding_marks, text.front())) text.remove_prefix(1);
    while (!text.empty() && is_one_of(surrounding_marks, text.back())) text.remove_suffix(1);
    return text;
}

/// Whether it is the mark between two groups of digits.
bool groups_digits(std::string_view text, std::size_t place) noexcept {
    return place > 0 && place + 1 < text.size() && is_one_of(grouping_marks, text[place]) &&
           is_digit(text[place - 1]) && is_digit(text[place + 1]);
}

/// What is behind the label of a code: of `Your code: 123456` the number. There is no digit in a
/// label, so that nothing of a code is lost.
std::string_view behind_label(std::string_view typed) noexcept {
    constexpr char32_t colon = U':';
    constexpr char32_t full_width_colon = 0xFF1A;

    auto behind = typed;
    for (auto rest = typed; !rest.empty();) {
        auto const character = first_code_point(rest);
        rest.remove_prefix(character.size);
        if (!character.valid) return typed;
        if (decimal_digit(character.value) >= 0) break;
        if (character.value == colon || character.value == full_width_colon) behind = rest;
    }
    return behind;
}

}  // namespace

TypedCode::~TypedCode() {
    wipe_memory(text_.data(), text_.size());
}

bool TypedCode::read(std::string_view typed) noexcept {
    if (auto const behind = behind_label(typed);
        behind.size() != typed.size() && read_characters(behind) && drop_punctuation()) {
        return true;
    }
    if (!read_characters(typed)) return false;
    return drop_punctuation() || !has_foreign_mark_;
}

bool TypedCode::read_characters(std::string_view typed) noexcept {
    size_ = 0;
    while (!typed.empty()) {
        auto const character = first_code_point(typed);
        if (!character.valid || !add(character.value)) return false;
        typed.remove_prefix(character.size);
    }
    return size_ != 0;
}

bool TypedCode::add(char32_t c) noexcept {
    if (int const digit = decimal_digit(c); digit >= 0) {
        c = static_cast<char32_t>('0' + digit);
    } else if (is_no_part(c)) {
        return true;
    } else if (char const ascii = ascii_of_full_width(c); ascii != '\0') {
        c = static_cast<char32_t>(ascii);
    } else if (char const mark = c > U'~' ? ascii_of_punctuation(c) : '\0'; mark != '\0') {
        c = static_cast<char32_t>(mark);
        has_foreign_mark_ = true;
    }
    if (c <= U' ' || c > U'~' || size_ == text_.size()) return false;
    text_[size_++] = static_cast<char>(c);
    return true;
}

/// Leaves letters and digits; or, if other characters would stay among them, everything.
bool TypedCode::drop_punctuation() noexcept {
    auto const core = without_surrounding_marks(text());
    if (core.empty()) return false;
    for (std::size_t place = 0; place < core.size(); ++place) {
        if (!is_alphanumeric(core[place]) && !groups_digits(core, place)) return false;
    }
    auto* const end = std::copy_if(core.begin(), core.end(), text_.begin(), is_alphanumeric);
    size_ = static_cast<std::size_t>(end - text_.begin());
    return true;
}

}  // namespace otp::model
