#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace otp::http {

/// A SHA-256 of a public key.
using KeyPin = std::array<std::uint8_t, 32>;

/// Reads `TlsConfig::pinned_public_key`: Base64, 44 characters. Nothing if it is no such text.
[[nodiscard]] std::optional<KeyPin> read_key_pin(std::string_view text);

}  // namespace otp::http
