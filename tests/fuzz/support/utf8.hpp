#pragma once

#include <string_view>

namespace otp::fuzz {

/// Whether the text is well-formed UTF-8 (Unicode 3.9, table 3-7).
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace otp::fuzz
