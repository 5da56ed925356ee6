#pragma once

#include <string>
#include <string_view>

namespace otp::config {

/// The text with blanks in place of its comments (`//` to the end of the line, `/* */`), so that
/// each place stays where it is. A comment that is not closed stays, and so does what follows a
/// text that is not: neither is JSON.
///
/// Boost.JSON reads comments, but not those that end with more than one star.
[[nodiscard]] std::string blank_comments(std::string_view text);

}  // namespace otp::config
