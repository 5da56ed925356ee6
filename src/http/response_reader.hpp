#pragma once

#include "http/response_parser.hpp"

#include <otp/config.hpp>
#include <otp/http_message.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otp::http {

/// Reads one HTTP/1.1 response (RFC 9112) from bytes as they come, interim responses skipped.
class ResponseReader {
public:
    enum class Progress {
        incomplete,  ///< More bytes are needed.
        complete,    ///< The final response is there to be taken.
        refused,     ///< It breaks a rule or a limit; `error()` says which.
    };

    explicit ResponseReader(HttpLimits const& limits);

    /// Reads from `bytes` and sets `consumed`. What was not consumed must be given again, with more
    /// behind it. Once complete, unconsumed bytes do not belong to the response.
    [[nodiscard]] Progress feed(std::string_view bytes, std::size_t& consumed);

    /// The peer closed. `announced`: by a TLS close_notify (or a FIN without TLS), so that a body
    /// that runs to the end of the connection is known to be whole (RFC 9112 9.8).
    [[nodiscard]] Progress end_of_stream(bool announced);

    /// Whether any byte of a final response has been read.
    [[nodiscard]] bool started() const noexcept { return started_; }
    /// The final response's status once its header is complete; else 0.
    [[nodiscard]] int status() const noexcept;
    [[nodiscard]] std::string const& error() const noexcept { return error_; }
    /// After completion: whether the connection may serve another request.
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] std::optional<std::chrono::seconds> keep_alive_timeout() const;
    [[nodiscard]] HttpResponse take();

private:
    Progress refuse(std::string reason);

    HttpLimits const& limits_;
    /// The response, if it was a plain one. Else the parser reads it: there is never both.
    std::optional<HttpResponse> whole_;
    std::optional<ResponseParser> parser_;
    int interim_responses_{0};
    bool started_{false};
    std::string error_;
};

}  // namespace otp::http
