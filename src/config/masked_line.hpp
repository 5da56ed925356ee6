#pragma once

#include "config/json_token.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace otp::config {

/// The line of a mistake, to be shown: brackets, commas, colons and known words as they are, and
/// `^` before the mistake. Whatever may be a secret is masked (`"…"`): all values, comments, and
/// all names but `names`. A long line is cut around the mistake.
///
/// `names` are strings that stand where a member's name belongs and have their colon, in order.
/// Behind the mistake nothing is certain, so nothing there is taken for a name.
[[nodiscard]] std::string masked_line(
    std::string_view text, std::size_t mistake, std::span<Token const> names
);

}  // namespace otp::config
