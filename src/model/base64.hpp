#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otp::model {

/// Adds the Base64 of `octets`, padded (RFC 4648 4), to `out`. No other block ever holds it.
void append_base64(std::string& out, std::string_view octets);

/// The octets that `text` is the Base64 of: exactly what `append_base64` writes. Nothing if it is
/// none: characters of another alphabet, padding that is missing, bits that are left over.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace otp::model
