#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace otp::model {

/// A character as it is compared, and the octets of the text that it came from.
struct FoldedCharacter {
    char32_t value;
    std::uint32_t begin;
    std::uint32_t end;
};

/// A text in which all usual spellings of a character are one. The ranges ascend and do not
/// overlap.
using FoldedText = std::vector<FoldedCharacter>;

/// What white space by control characters (tab, line feed, ...) is folded to; other white space is
/// a blank.
inline constexpr char32_t folded_control = U'\n';

/// Percent-encoding (RFC 3986 2.1; also `%u0040`), HTML character references, the escapes of JSON
/// and programming languages (`\u0040`, `\U00000040`, `\u{40}`, `\x40`, `\x{40}`, `\100`, `\n`,
/// `\@`, behind any number of backslashes) are decoded, also where one is inside another; all
/// decimal digits and the other shapes of ASCII characters (`ascii_of_shape`) become ASCII, ASCII
/// letters small; what takes no place of its own (controls, zero width, direction marks, variation
/// selectors, combining marks) is dropped. An octet that is no UTF-8 stays a character of its own.
/// Less than 4 GiB.
[[nodiscard]] FoldedText fold(std::string_view text);

/// The text as it is written, and after each round of decoding; the last is `fold(text)`. What a
/// later round breaks up (`%fa` before `ke-key`) is whole in an earlier one.
[[nodiscard]] std::vector<FoldedText> fold_in_rounds(std::string_view text);

/// The text after each round in which quoted-printable (RFC 2045 6.7: `=40`) is decoded as well;
/// nothing if there is none in it. By itself, as `code=4815` is more often just that.
[[nodiscard]] std::vector<FoldedText> fold_quoted_printable_in_rounds(std::string_view text);

}  // namespace otp::model
