#include "config/json_comments.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace otp::config {

namespace {

/// Behind the string that begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return std::min(at + 1, text.size());
}

/// Behind the comment that begins at `at`; `at` if none does. Nothing if it is not closed.
std::optional<std::size_t> end_of_comment(std::string_view text, std::size_t at) {
    auto const rest = text.substr(at);
    if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
    if (!rest.starts_with("/*")) return at;
    auto const close = text.find("*/", at + 2);
    if (close == text.npos) return std::nullopt;
    return close + 2;
}

}  // namespace

std::string blank_comments(std::string_view text) {
    std::string result(text);
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '"') {
            at = end_of_string(text, at);
            continue;
        }
        auto const end = end_of_comment(text, at);
        if (!end) break;
        for (auto place = at; place < *end; ++place) {
            if (text[place] != '\n') result[place] = ' ';
        }
        at = std::max(*end, at + 1);
    }
    return result;
}

}  // namespace otp::config
