#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>

#include <optional>
#include <string_view>

namespace otp::http {

/// Reads a response in one pass if it is of the kind that nearly every answer is: it came whole and
/// with nothing behind it, `HTTP/1.1`, a final status, at least one header line, one
/// `Content-Length`, no other field that decides how a message is read or whether the connection
/// stays (`Connection: keep-alive` excepted), nothing but printable ASCII in its header, within the
/// limits. Such a response leaves the connection open for the next request.
///
/// Nothing means only that it is another kind, right or wrong: `ResponseParser` reads those. This
/// is the hot path's shortcut and decides nothing that `ResponseParser` would decide otherwise.
[[nodiscard]] std::optional<HttpResponse> read_plain_response(
    std::string_view bytes, HttpLimits const& limits
);

}  // namespace otp::http
