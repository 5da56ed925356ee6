#pragma once

#include <string_view>

namespace otp::config {

/// Whether a word without quotes is a value of JSON: `true`, `false`, `null` or a number.
[[nodiscard]] bool is_json_literal(std::string_view word) noexcept;

/// Whether a word is one of those that other languages use as values, such as `None`: known words,
/// which say nothing of what is secret.
[[nodiscard]] bool is_foreign_literal(std::string_view word) noexcept;

/// What to write for a word without quotes where a value belongs and which is none: `write null`.
/// Never repeats the word, which may be a secret.
[[nodiscard]] std::string_view advice_for(std::string_view word);

}  // namespace otp::config
