#include "model/wording.hpp"

#include <otp/nearest_name.hpp>

namespace otp::model {

std::string in_quotes(std::string_view text, std::size_t max_bytes) {
    std::string result = "\"";
    for (char const c : text.substr(0, max_bytes)) result += c >= 0x20 && c < 0x7f ? c : '?';
    result += text.size() > max_bytes ? "…\"" : "\"";
    return result;
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
    if (known.empty()) return text + "; there is none";
    return text + "; known: " + listed(known, "and");
}

}  // namespace otp::model
