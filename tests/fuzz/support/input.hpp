#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace otp::fuzz {

/// libFuzzer's bytes as a text.
[[nodiscard]] inline std::string_view as_text(std::uint8_t const* data, std::size_t size) {
    return {reinterpret_cast<char const*>(data), size};
}

/// Takes the first line off; the whole text if it has one line only.
[[nodiscard]] inline std::string_view take_line(std::string_view& text) {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

}  // namespace otp::fuzz
