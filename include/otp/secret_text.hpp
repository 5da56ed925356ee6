#pragma once

#include <otp/export.hpp>

#include <string_view>

namespace OTP_EXPORT otp {

/// `text` without what editors and shells add to it: a byte order mark (UTF-8) at its beginning,
/// and line breaks at its end. No credential has either. A view into `text`.
[[nodiscard]] std::string_view trim_secret_text(std::string_view text) noexcept;

/// Why `text` can hardly be a credential, and what to do: `is in quotation marks: remove them`.
/// Empty if it may be one. The same for every credential of every vendor:
///
/// - empty, or a byte order mark, line breaks or blanks at an end, quotation marks around it;
/// - control characters, characters that are not seen, several lines (save a PEM document), text
///   that is not UTF-8;
/// - what a credential is often copied with: a line `KEY=value` or `key: value`, JSON, `Bearer`;
/// - a reference or a placeholder that nothing has replaced: `${NAME}`, `{{ name }}`, `<name>`.
///
/// `name` is the credential's own, such as `access_key`, by which `access_key=…` is known. The
/// answer holds no part of `text`. It is valid as long as the program.
[[nodiscard]] std::string_view secret_text_problem(
    std::string_view text, std::string_view name = {}
) noexcept;

}  // namespace otp
