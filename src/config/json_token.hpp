#pragma once

#include <cstddef>
#include <string_view>

namespace otp::config {

enum class TokenKind {
    punctuation,  ///< One of `{ } [ ] : ,`.
    string,       ///< In double quotes, closed in its line.
    quoted,       ///< In other quotes, which JSON does not have.
    word,         ///< A literal, a number, or what somebody took for one.
    other,        ///< One character that JSON has no use for: `=`, `;`, a blank that is none.
    broken,       ///< A string or comment in which the mistake is.
    end,          ///< The end of the text.
};

/// One part of a text that was to be JSON with comments.
struct Token {
    TokenKind kind;
    std::size_t begin;
    std::size_t end;
    /// Of a broken token: where the mistake is, and what it is in words that end a sentence.
    std::size_t flaw{0};
    std::string_view reason{};

    [[nodiscard]] std::string_view in(std::string_view text) const noexcept {
        return text.substr(begin, end - begin);
    }
};

/// The first token from `offset` on, behind blanks and comments. Takes any text.
[[nodiscard]] Token next_token(std::string_view text, std::size_t offset);

}  // namespace otp::config
