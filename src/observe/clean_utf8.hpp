#pragma once

#include <string>
#include <string_view>

namespace otp::observe {

/// The text with U+FFFD in place of each byte that is no UTF-8. What an application calls a target
/// may be anything, and one such byte would make a reader refuse all that stands beside it.
[[nodiscard]] std::string clean_utf8(std::string_view text);

}  // namespace otp::observe
