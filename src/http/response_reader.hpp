#pragma once

#include <otp/config.hpp>
#include <otp/http_message.hpp>
#include <otp/result.hpp>

#include <boost/beast/http/basic_parser.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otp::http {

/// What of a response is kept, and what makes it unacceptable. One object for each message, interim
/// ones included. Beast splits the bytes; the rules that Beast leaves open are enforced here.
class ResponseParser : public boost::beast::http::basic_parser<false> {
public:
    explicit ResponseParser(HttpLimits const& limits);

    int status{0};
    /// 10 or 11.
    int version{0};
    HttpHeaders headers;
    std::string body;
    /// Why the message is refused; empty as long as it is not.
    std::string refusal;
    /// From `Keep-Alive: timeout=`.
    std::optional<std::chrono::seconds> keep_alive_timeout;
    [[nodiscard]] bool length_seen() const noexcept { return length_seen_; }
    [[nodiscard]] bool chunked_seen() const noexcept { return chunked_; }

private:
    using error_code = boost::system::error_code;
    using string_view = boost::beast::string_view;

    void on_request_impl(boost::beast::http::verb, string_view, string_view, int, error_code&)
        override;
    void on_response_impl(int code, string_view reason, int http_version, error_code& ec) override;
    void on_field_impl(
        boost::beast::http::field name, string_view name_text, string_view value, error_code& ec
    ) override;
    void on_header_impl(error_code& ec) override;
    void on_body_init_impl(boost::optional<std::uint64_t> const& content_length, error_code& ec)
        override;
    std::size_t on_body_impl(string_view bytes, error_code& ec) override;
    void on_chunk_header_impl(std::uint64_t size, string_view extensions, error_code& ec) override;
    std::size_t on_chunk_body_impl(std::uint64_t remain, string_view bytes, error_code& ec)
        override;
    void on_finish_impl(error_code& ec) override;

    void refuse(std::string reason, error_code& ec);

    HttpLimits const& limits_;
    bool header_complete_{false};
    bool length_seen_{false};
    bool chunked_{false};
    std::size_t trailer_bytes_{0};
};

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
    std::optional<ResponseParser> parser_;
    int interim_responses_{0};
    bool started_{false};
    std::string error_;
};

}  // namespace otp::http
