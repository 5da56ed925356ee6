#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace otp::config {

/// What is wrong first in a text that was to be JSON with comments, for the person who wrote it:
///
/// `line 4, column 26: nothing follows this comma: remove it; at ^ in: "use": ["…"^, ]`
///
/// Names the usual suspects: a comma too many or missing, other quotes, other languages' values and
/// comments, brackets that are not closed (with the place where they were opened), another encoding
/// or format. No value of the text is repeated, as it may be a secret. Nothing if nothing is found:
/// the JSON parser may know more.
[[nodiscard]] std::optional<std::string> find_syntax_mistake(
    std::string_view text, std::size_t max_depth
);

}  // namespace otp::config
