#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace otp::mocks {

/// ASCII letters in lower case; everything else as it is, whatever the locale.
[[nodiscard]] inline std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char character) {
        bool const upper = character >= 'A' && character <= 'Z';
        return upper ? static_cast<char>(character - 'A' + 'a') : character;
    });
    return lower;
}

}  // namespace otp::mocks
