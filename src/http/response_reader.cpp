#include "http/response_reader.hpp"

#include "http/plain_response.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <utility>

namespace otp::http {
namespace {

namespace beast = boost::beast;

constexpr int max_interim_responses = 5;
// Room for trailers with their colons and line ends; more than the line before a chunk takes.
constexpr std::size_t max_unconsumed_chunk_bytes = 2 * ResponseParser::max_trailer_bytes;

std::string explain(
    beast::error_code const& ec, HttpLimits const& limits, ResponseParser const& parser
) {
    using beast::http::error;
    // Beast stops at the second of the two, whichever it is.
    if ((ec == error::bad_transfer_encoding && parser.length_seen()) ||
        (ec == error::bad_content_length && parser.chunked_seen()))
        return "it has both Transfer-Encoding and Content-Length";
    if (ec == error::header_limit)
        return "its header is larger than " + std::to_string(limits.max_header_bytes) + " bytes";
    if (ec == error::body_limit)
        return "its body is larger than " + std::to_string(limits.max_body_bytes) + " bytes";
    if (ec == error::bad_transfer_encoding) return "its Transfer-Encoding is not valid";
    if (ec == error::bad_content_length || ec == error::multiple_content_length)
        return "its Content-Length is not valid";
    if (ec == error::bad_version) return "it is not HTTP/1.x";
    if (ec == error::bad_status) return "its status line holds no status";
    if (ec == error::bad_chunk || ec == error::bad_chunk_extension)
        return "its chunked body is malformed";
    if (ec == error::bad_field || ec == error::bad_value || ec == error::bad_line_ending ||
        ec == error::bad_obs_fold)
        return "its header is malformed";
    return "it is not a valid HTTP response (" + ec.message() + ")";
}

}  // namespace

ResponseReader::ResponseReader(HttpLimits const& limits) : limits_(limits) {}

ResponseReader::Progress ResponseReader::refuse(std::string reason) {
    error_ = "the response is refused: " + std::move(reason);
    return Progress::refused;
}

ResponseReader::Progress ResponseReader::feed(std::string_view bytes, std::size_t& consumed) {
    consumed = 0;
    if (bytes.empty()) return Progress::incomplete;
    if (!started_) {
        started_ = true;
        whole_ = read_plain_response(bytes, limits_);
        if (whole_) {
            consumed = bytes.size();
            return Progress::complete;
        }
        parser_.emplace(limits_);
    }
    while (consumed < bytes.size()) {
        beast::error_code ec;
        auto const rest = bytes.substr(consumed);
        consumed += parser_->put(boost::asio::buffer(rest.data(), rest.size()), ec);
        if (ec == beast::http::error::need_more) {
            // Beast looks at a header only when it is whole, so an endless line stays unconsumed.
            auto const held = bytes.size() - consumed;
            if (!parser_->is_header_done() && held > limits_.max_header_bytes)
                return refuse(explain(beast::http::error::header_limit, limits_, *parser_));
            // The same goes for the line before a chunk, and for the trailers.
            if (parser_->is_header_done() && held > max_unconsumed_chunk_bytes)
                return refuse("a chunk extension or its trailers are too large");
            return Progress::incomplete;
        }
        if (ec)
            return refuse(
                parser_->refusal.empty() ? explain(ec, limits_, *parser_) : parser_->refusal
            );
        if (!parser_->is_done()) continue;
        if (parser_->status >= 200) return Progress::complete;

        if (++interim_responses_ > max_interim_responses)
            return refuse(
                "more than " + std::to_string(max_interim_responses) +
                " interim responses came first"
            );
        parser_.emplace(limits_);
    }
    return Progress::incomplete;
}

ResponseReader::Progress ResponseReader::end_of_stream(bool announced) {
    if (parser_ && status() != 0 && parser_->need_eof()) {
        if (!announced)
            return refuse("its body ends with the connection, and without a close_notify");
        beast::error_code ec;
        parser_->put_eof(ec);
        if (!ec) return Progress::complete;
    }
    return Progress::incomplete;
}

int ResponseReader::status() const noexcept {
    if (whole_) return whole_->status;
    return parser_ && parser_->is_header_done() && parser_->status >= 200 ? parser_->status : 0;
}

bool ResponseReader::keep_alive() const {
    return whole_ || (parser_->version == 11 && parser_->keep_alive() && !parser_->need_eof());
}

std::optional<std::chrono::seconds> ResponseReader::keep_alive_timeout() const {
    return whole_ ? std::nullopt : parser_->keep_alive_timeout;
}

HttpResponse ResponseReader::take() {
    if (whole_) return std::move(*whole_);
    return HttpResponse(parser_->status, std::move(parser_->headers), std::move(parser_->body));
}

}  // namespace otp::http
