#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otp::model {

/// The first `characters`, at most 52, of the SHA-256 of `text` in lower-case base32 (RFC 4648 6)
/// without padding. 20 of them are 100 bits.
[[nodiscard]] std::string reference_digest(std::string_view text, std::size_t characters);

}  // namespace otp::model
