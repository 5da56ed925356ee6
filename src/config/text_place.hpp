#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otp::config {

/// A place in a text as an editor counts it, from 1; a column is a character (UTF-8), a tab is one.
struct TextPlace {
    std::size_t line;
    std::size_t column;
};

/// The place of the byte at `offset`; of the end, if the text is shorter.
[[nodiscard]] TextPlace place_of(std::string_view text, std::size_t offset);

/// `line 3, column 16`.
[[nodiscard]] std::string describe(TextPlace place);

/// Where the line of the byte at `offset` begins.
[[nodiscard]] std::size_t line_begin(std::string_view text, std::size_t offset);

/// Where it ends, its line break not included.
[[nodiscard]] std::size_t line_end(std::string_view text, std::size_t offset);

}  // namespace otp::config
