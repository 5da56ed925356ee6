#include "config/text_place.hpp"

#include "model/utf8.hpp"

#include <algorithm>

namespace otp::config {

TextPlace place_of(std::string_view text, std::size_t offset) {
    auto const before = text.substr(0, std::min(offset, text.size()));
    auto const line = std::count(before.begin(), before.end(), '\n') + 1;
    auto const in_line = before.substr(line_begin(text, offset));
    return {static_cast<std::size_t>(line), model::count_characters(in_line) + 1};
}

std::string describe(TextPlace place) {
    return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

std::size_t line_begin(std::string_view text, std::size_t offset) {
    auto const last_break = text.substr(0, std::min(offset, text.size())).rfind('\n');
    return last_break == std::string_view::npos ? 0 : last_break + 1;
}

std::size_t line_end(std::string_view text, std::size_t offset) {
    return std::min(text.find_first_of("\r\n", offset), text.size());
}

}  // namespace otp::config
