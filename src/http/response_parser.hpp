#pragma once

#include <otp/config.hpp>
#include <otp/http_message.hpp>

#include <boost/beast/http/basic_parser.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace otp::http {

/// What of a response is kept, and what makes it unacceptable. One object for each message, interim
/// ones included. Beast splits the bytes; the rules that Beast leaves open are enforced here.
class ResponseParser : public boost::beast::http::basic_parser<false> {
public:
    /// Names and values of the trailers altogether.
    static constexpr std::size_t max_trailer_bytes = 4096;

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

}  // namespace otp::http
