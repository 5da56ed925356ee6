#include "config/wording.hpp"

#include <otp/nearest_name.hpp>

#include <cstddef>

namespace otp::config {

namespace {

constexpr std::size_t max_text = 64;
constexpr std::size_t max_path = 1024;

std::string quoted_up_to(std::string_view text, std::size_t max_bytes) {
    std::string result = "\"";
    for (char const c : text.substr(0, max_bytes)) {
        result += c >= 0x20 && c < 0x7f ? c : '?';
    }
    result += text.size() > max_bytes ? "…\"" : "\"";
    return result;
}

}  // namespace

std::string in_quotes(std::string_view text) {
    return quoted_up_to(text, max_text);
}

std::string path_in_quotes(std::filesystem::path const& path) {
    return quoted_up_to(path.native(), max_path);
}

std::string listed(std::span<std::string_view const> names, std::string_view last) {
    std::string result;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0 && i + 1 == names.size()) {
            result.append(" ").append(last).append(" ");
        } else if (i > 0) {
            result += ", ";
        }
        result += in_quotes(names[i]);
    }
    return result;
}

std::string unknown_name(
    std::string_view kind, std::string_view name, std::span<std::string_view const> known
) {
    std::string text = "unknown ";
    text.append(kind).append(" ").append(in_quotes(name));
    if (auto const nearest = nearest_name(name, known)) {
        return text + "; did you mean " + in_quotes(*nearest) + "?";
    }
    if (known.empty()) {
        return text + "; there is none";
    }
    return text + "; known: " + listed(known, "and");
}

}  // namespace otp::config
