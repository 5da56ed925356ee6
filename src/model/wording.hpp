#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace otp::model {

/// `text` in quotation marks, for a message: cut to `max_bytes`, and with `?` for what cannot be
/// printed. Not for values that may be secret.
[[nodiscard]] std::string in_quotes(std::string_view text, std::size_t max_bytes = 64);

/// `"a", "b" and "c"`.
[[nodiscard]] std::string listed(std::span<std::string_view const> names, std::string_view last);

/// What to say of a name that is not among `known`: `unknown vendor "stych"; did you mean
/// "stytch"?`, or a list of the known names if none is near.
[[nodiscard]] std::string unknown_name(
    std::string_view kind, std::string_view name, std::span<std::string_view const> known
);

}  // namespace otp::model
