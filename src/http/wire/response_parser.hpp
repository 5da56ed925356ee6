#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>

#include <boost/beast/http/basic_parser.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace otp::http {

/// Reads over the trailers of a chunked body. Newer Beasts hand them to a function of their own,
/// which older ones do not have and so cannot be marked as overriding; the older ones hand them to
/// `on_field_impl`.
class TrailerSkippingParser : public boost::beast::http::basic_parser<false> {
protected:
    virtual void on_trailer_field_impl(
        boost::beast::http::field /*name*/,
        boost::beast::string_view /*name_text*/,
        boost::beast::string_view /*value*/,
        boost::system::error_code& /*ec*/
    ) {}
};

/// What of a response is kept, and what makes it unacceptable. One object for each message, interim
/// ones included. Beast splits the bytes; the rules that Beast leaves open are enforced here.
///
/// To be given the head whole, and of a chunked body each `ChunkFrame` whole and data no further
/// than its chunk: given less, Beast's verdicts depend on where the bytes were cut, and of the end
/// of a chunked body it takes no fewer than 5 bytes.
class ResponseParser : public TrailerSkippingParser {
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
    /// The coding that the body is in, if that changes it; lasts as long as the program.
    std::string_view coding;
    /// What is still to come of the chunk whose frame was read last.
    std::uint64_t chunk_left{0};
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
    void refuse_too_large_body(error_code& ec);

    HttpLimits const& limits_;
    bool header_complete_{false};
    bool length_seen_{false};
    bool chunked_{false};
};

}  // namespace otp::http
