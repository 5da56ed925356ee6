#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otp::model {

/// A user agent as vendors take it: UTF-8 without control characters, at most `most_bytes`, cut
/// after a whole character. Tabs and line breaks become blanks; bytes that are no UTF-8 are taken
/// for ISO 8859-1, all of them, as header fields once were (RFC 9110 5.5). White space and
/// invisible characters at both ends are dropped. Nothing if nothing is left.
[[nodiscard]] std::optional<std::string> clean_user_agent(
    std::string_view text, std::size_t most_bytes
);

}  // namespace otp::model
