#pragma once

#include <string>
#include <string_view>

namespace otp::adapter {

/// Who answers with a body that is no vendor's, for messages.
inline constexpr std::string_view who_answers =
    "a gateway, a firewall or a proxy may have answered, or base_url is wrong";

/// Whether the text has the marks of an HTML document or of a part of one.
[[nodiscard]] bool looks_like_html(std::string_view text) noexcept;

/// What a body is that plainly was not meant to be JSON, as a word for messages: `HTML`, `XML`,
/// `compressed bytes`, `bytes that are no text`, `text`, or `empty`. Empty for JSON and
/// for what begins as an object, array or string of it.
[[nodiscard]] std::string_view format_of_no_json(std::string_view body);

/// Says of a body of that format that it is no JSON, and who may have answered.
[[nodiscard]] std::string message_of_no_json(std::string_view format);

}  // namespace otp::adapter
