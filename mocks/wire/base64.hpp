#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

/// Standard base64 with padding (RFC 4648 4).
[[nodiscard]] std::string base64(std::string_view bytes);

/// The bytes of such a text; nothing if it is none.
[[nodiscard]] std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace otp::mocks
