#pragma once

#include <string>
#include <string_view>

namespace otp::http {

/// Whether `bytes` may be the beginning of an HTTP/1.x response.
[[nodiscard]] bool may_be_response(std::string_view bytes) noexcept;

/// A response's status line and header, with the oddities put right that leave their meaning clear
/// (docs/http-oddities.md):
///
/// - blanks and tabs around the status, and no reason phrase, as RFC 9112 4 has it;
/// - blanks between a field's name and its colon, which RFC 9112 5.1 tells a proxy to remove, but
///   not where the field decides where the message ends;
/// - a `Connection` that is no list of tokens, which then means `close`.
///
/// `head` is a whole block of lines (`LineBlock`). The answer is `head` itself if there is nothing
/// to do, and else lies in `storage`. What is wrong in another way stays for the parser to refuse.
[[nodiscard]] std::string_view put_right(std::string_view head, std::string& storage);

}  // namespace otp::http
