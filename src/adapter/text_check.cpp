#include "model/ascii.hpp"
#include "model/printable_ascii.hpp"
#include "model/utf8.hpp"
#include "model/whole_number.hpp"

#include <otp/adapter/text_check.hpp>

#include <algorithm>

namespace otp::adapter {

using model::is_digit;
using model::to_lower;

bool has_control_character(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), model::is_ascii_control);
}

bool is_plain_identifier(std::string_view text, std::size_t max_length) noexcept {
    if (text.empty() || text.size() > max_length) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return model::is_alphanumeric(c) || c == '_' || c == '-';
    });
}

bool is_digits(std::string_view text, std::size_t length) noexcept {
    return text.size() == length && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_visible_ascii(std::string_view text) noexcept {
    return !text.empty() && model::is_printable_ascii(text, 0x21);
}

bool is_vendor_id(std::string_view text) noexcept {
    constexpr std::size_t longest_id = 255;
    return text.size() <= longest_id && is_visible_ascii(text);
}

bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept {
    return model::equal_ignoring_case(left, right);
}

bool is_utf8(std::string_view text) noexcept {
    return model::is_utf8(text);
}

std::size_t utf8_length(std::string_view text) noexcept {
    return model::count_characters(text);
}

std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
    std::string_view digits = text;
    if (!digits.empty() && digits.front() == '-') digits.remove_prefix(1);
    if (digits.empty() || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
    return model::read_whole_number<std::int64_t>(text);
}

std::optional<bool> parse_bool(std::string_view text) noexcept {
    if (text == "true") return true;
    if (text == "false") return false;
    return std::nullopt;
}

bool equal_loosely(std::string_view left, std::string_view right) noexcept {
    auto const without_end = [](std::string_view text) {
        while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.remove_suffix(1);
        return text;
    };
    left = without_end(left);
    right = without_end(right);
    std::size_t here = 0;
    std::size_t there = 0;
    while (true) {
        while (here < left.size() && left[here] == ' ') ++here;
        while (there < right.size() && right[there] == ' ') ++there;
        if (here == left.size() || there == right.size()) break;
        if (to_lower(left[here++]) != to_lower(right[there++])) return false;
    }
    return here == left.size() && there == right.size();
}

bool contains_word(std::string_view text, std::string_view part) noexcept {
    auto const same = [](char left, char right) { return to_lower(left) == to_lower(right); };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

std::string bearer_authorization(std::string_view token) {
    constexpr std::string_view scheme = "Bearer ";
    std::string value;
    value.reserve(scheme.size() + token.size());
    value.append(scheme).append(token);
    return value;
}

}  // namespace otp::adapter
