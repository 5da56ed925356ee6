#include "model/traceparent.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <cstddef>

namespace otp::model {

namespace {

constexpr std::size_t version_size = 2;
constexpr std::size_t trace_size = 32;
constexpr std::size_t parent_size = 16;
constexpr std::size_t flags_size = 2;
constexpr std::size_t known_size = version_size + trace_size + parent_size + flags_size + 3;
/// What is longer is nobody's, and no header should be.
constexpr std::size_t longest = 512;

bool is_small_hexadecimal(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

/// The next field of that size in `text`, which is taken off with the `-` behind it; empty if there
/// is none.
std::string_view take_field(std::string_view& text, std::size_t size) noexcept {
    auto const field = text.substr(0, size);
    bool const is_whole = field.size() == size &&
                          std::all_of(field.begin(), field.end(), is_small_hexadecimal) &&
                          (text.size() == size || text[size] == '-');
    if (!is_whole) return {};
    text.remove_prefix(std::min(text.size(), size + 1));
    return field;
}

bool is_zero(std::string_view field) noexcept {
    return field.find_first_not_of('0') == std::string_view::npos;
}

bool is_visible(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

bool is_traceparent(std::string_view text) noexcept {
    if (text.size() > longest || !is_visible(text)) return false;
    bool const has_known_size = text.size() == known_size;
    auto rest = text;
    auto const version = take_field(rest, version_size);
    if (version.empty() || version == "ff") return false;
    if (version == "00" && !has_known_size) return false;
    auto const trace = take_field(rest, trace_size);
    if (trace.empty() || is_zero(trace)) return false;
    auto const parent = take_field(rest, parent_size);
    if (parent.empty() || is_zero(parent)) return false;
    return !take_field(rest, flags_size).empty();
}

}  // namespace otp::model
