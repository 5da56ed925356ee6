#pragma once

#include <optional>
#include <string_view>

namespace otp::config {

/// What stands between `opening`, `${kind:`, and `}`, if the whole text is one such reference.
[[nodiscard]] inline std::optional<std::string_view> referred(
    std::string_view text, std::string_view opening
) {
    if (!text.starts_with(opening) || text.find('}') != text.size() - 1) return std::nullopt;
    return text.substr(opening.size(), text.size() - opening.size() - 1);
}

}  // namespace otp::config
