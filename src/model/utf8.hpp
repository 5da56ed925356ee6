#pragma once

#include <cstddef>
#include <string_view>

namespace otp::model {

/// One UTF-8 sequence (RFC 3629). `size` is 1 for an octet that begins none.
struct CodePoint {
    char32_t value;
    std::size_t size;
    bool valid;
};

/// What stands at the beginning of `text`, which is not empty.
[[nodiscard]] CodePoint first_code_point(std::string_view text) noexcept;

/// Whether a terminal, a log or a page shows it as a character, and only as that: no controls, line
/// separators, or marks that change the direction of the text around them.
[[nodiscard]] bool is_displayable(char32_t c) noexcept;

/// The longest beginning of `text` of at most `limit` octets that splits no character.
[[nodiscard]] std::string_view cut_between_characters(
    std::string_view text, std::size_t limit
) noexcept;

}  // namespace otp::model
