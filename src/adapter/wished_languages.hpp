#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::adapter {

/// The language tags that are wished for in what an application knows of a person's language, the
/// most wished first: one tag (RFC 5646, also with `_`), the name of a POSIX locale
/// (`de_AT.UTF-8@euro`), or the value of `Accept-Language` (RFC 9110 12.5.4), by weight.
///
/// Empty if no language is preferred: no text, `*`, the locale `C` or `POSIX`, weights of 0.
/// Nothing if any part is no well-formed tag.
[[nodiscard]] std::optional<std::vector<std::string>> wished_languages(std::string_view text);

}  // namespace otp::adapter
