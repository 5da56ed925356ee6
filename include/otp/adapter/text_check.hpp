#pragma once

#include <otp/export.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// Whether `text` has a character below U+0020 or U+007F: never let into headers, paths or fields.
[[nodiscard]] bool has_control_character(std::string_view text) noexcept;

/// Whether `text` is 1 to `max_length` of `A-Z a-z 0-9 _ -`: safe as a path segment as it is.
[[nodiscard]] bool is_plain_identifier(std::string_view text, std::size_t max_length) noexcept;

/// Whether `text` is `length` ASCII digits.
[[nodiscard]] bool is_digits(std::string_view text, std::size_t length) noexcept;

/// Whether `text` is visible ASCII without spaces and not empty, as a bearer token must be.
[[nodiscard]] bool is_visible_ascii(std::string_view text) noexcept;

/// Whether `text` can be kept as a vendor's id exactly as it came: 1 to 255 visible ASCII
/// characters. An id is kept whole or not at all, because two that are cut or mended may become
/// one.
[[nodiscard]] bool is_vendor_id(std::string_view text) noexcept;

/// Whether the texts are equal without regard to ASCII case.
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right) noexcept;

/// Whether `text` is well-formed UTF-8 (RFC 3629).
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Number of code points of UTF-8 text: what JSON schemas count as length.
[[nodiscard]] std::size_t utf8_length(std::string_view text) noexcept;

/// A decimal integer without sign `+`, spaces or leading zeros; nothing for any other text.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text) noexcept;

/// `true` or `false`; nothing for any other text.
[[nodiscard]] std::optional<bool> parse_bool(std::string_view text) noexcept;

/// Whether the texts are equal without regard to ASCII case, spaces and a final full stop, which
/// some vendors' messages drop from one version to the next.
[[nodiscard]] bool equal_loosely(std::string_view left, std::string_view right) noexcept;

/// Whether `text` contains `part` without regard to ASCII case.
[[nodiscard]] bool contains_word(std::string_view text, std::string_view part) noexcept;

/// `Bearer <token>`.
[[nodiscard]] std::string bearer_authorization(std::string_view token);

}  // namespace adapter
}  // namespace otp
