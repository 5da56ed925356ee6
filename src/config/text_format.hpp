#pragma once

#include "config/json_token.hpp"

#include <string_view>

namespace otp::config {

/// The encoding of a text that is plainly not UTF-8 (`UTF-16`, `compressed or binary data`); empty
/// if it may be.
[[nodiscard]] std::string_view foreign_encoding(std::string_view text) noexcept;

/// The format of a file whose first token, or the one behind its first `[`, cannot begin JSON:
/// `YAML`, `TOML or INI`, `XML`. Empty if it is none of these.
[[nodiscard]] std::string_view foreign_format(std::string_view text, Token const& first);

}  // namespace otp::config
