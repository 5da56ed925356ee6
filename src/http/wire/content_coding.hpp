#pragma once

#include <string_view>

namespace otp::http {

/// The first of the codings in a `Content-Encoding` value that changes the body (RFC 9110 8.4.1 and
/// its registry); empty if none does. Servers also name what is no coding there, such as the
/// character set (`UTF-8`), or nothing (`none`, an empty value): the body is what it would be
/// without. Lasts as long as the program.
[[nodiscard]] std::string_view changing_coding(std::string_view content_encoding) noexcept;

}  // namespace otp::http
