#pragma once

#include <string>
#include <string_view>

namespace otp::mocks {

/// The text as valid UTF-8: each byte that belongs to no character (RFC 3629) is replaced by
/// U+FFFD. A client may send any bytes, and JSON takes only text.
[[nodiscard]] std::string clean_text(std::string_view bytes);

}  // namespace otp::mocks
