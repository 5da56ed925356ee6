#include "http/wire/response_reader.hpp"

#include "http/wire/chunk_framing.hpp"
#include "http/wire/plain_response.hpp"
#include "http/wire/response_head.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <utility>

namespace otp::http {
namespace {

namespace beast = boost::beast;

constexpr int max_interim_responses = 5;

std::string explain(beast::error_code const& ec, ResponseParser const& parser) {
    using beast::http::error;
    // Beast stops at the second of the two, whichever it is.
    if ((ec == error::bad_transfer_encoding && parser.length_seen()) ||
        (ec == error::bad_content_length && parser.chunked_seen())) {
        return "it has both Transfer-Encoding and Content-Length";
    }
    if (ec == error::bad_transfer_encoding) return "its Transfer-Encoding is not valid";
    if (ec == error::bad_content_length || ec == error::multiple_content_length) {
        return "its Content-Length is not valid";
    }
    if (ec == error::bad_version) return "it is not HTTP/1.x";
    if (ec == error::bad_status) return "its status line holds no status";
    if (ec == error::bad_chunk || ec == error::bad_chunk_extension) {
        return "its chunked body is malformed";
    }
    if (ec == error::bad_field || ec == error::bad_value || ec == error::bad_line_ending ||
        ec == error::bad_obs_fold) {
        return "its header is malformed";
    }
    return "it is not a valid HTTP response (" + ec.message() + ")";
}

}  // namespace

ResponseReader::ResponseReader(HttpLimits const& limits, Body body)
    : limits_(limits), body_(body), head_(head_block(limits)) {}

LineBlock ResponseReader::head_block(HttpLimits const& limits) noexcept {
    std::size_t const status_line = 1;
    return {limits.max_header_bytes, status_line + limits.max_header_fields};
}

std::string ResponseReader::error() const {
    return "the response is refused: " + problem_;
}

ResponseReader::Progress ResponseReader::refuse(std::string problem) {
    problem_ = std::move(problem);
    return Progress::refused;
}

ResponseReader::Piece ResponseReader::refuse_piece(std::string problem) {
    return {refuse(std::move(problem))};
}

void ResponseReader::begin_message() {
    parser_.emplace(limits_);
    parser_->skip(body_ == Body::none);
    head_ = head_block(limits_);
    inside_chunks_ = false;
}

ResponseReader::Piece ResponseReader::next_head(std::string_view rest) {
    if (!may_be_response(rest)) return refuse_piece("it is not HTTP/1.x");
    switch (head_.look(rest)) {
        case LineBlock::Progress::incomplete:
            return {};
        case LineBlock::Progress::too_large:
            return refuse_piece(
                "its header is larger than " + std::to_string(limits_.max_header_bytes) + " bytes"
            );
        case LineBlock::Progress::too_many:
            return refuse_piece(
                "it has more than " + std::to_string(limits_.max_header_fields) + " header fields"
            );
        case LineBlock::Progress::malformed:
            return refuse_piece("its header is malformed: " + std::string(head_.problem()));
        case LineBlock::Progress::complete:
            break;
    }
    auto const head = rest.substr(0, head_.size());
    return {Progress::complete, head.size(), put_right(head, rewritten_)};
}

ResponseReader::Piece ResponseReader::next_chunk_piece(std::string_view rest) {
    if (parser_->chunk_left > 0) {
        auto const data = rest.substr(0, parser_->chunk_left);
        return {Progress::complete, data.size(), data};
    }
    auto const frame = ChunkFrame::find(rest, inside_chunks_);
    if (frame.progress == ChunkFrame::Progress::refused) {
        return refuse_piece(std::string(frame.problem));
    }
    if (frame.progress == ChunkFrame::Progress::incomplete) return {};
    inside_chunks_ = true;
    auto const text = rest.substr(0, frame.size);
    if (frame.padding_size == 0) return {Progress::complete, frame.size, text};
    rewritten_ = text;
    rewritten_.erase(frame.padding_begin, frame.padding_size);
    return {Progress::complete, frame.size, rewritten_};
}

ResponseReader::Piece ResponseReader::next_piece(std::string_view rest) {
    if (!parser_->is_header_done()) return next_head(rest);
    if (parser_->chunked()) return next_chunk_piece(rest);
    return {Progress::complete, rest.size(), rest};
}

std::optional<std::string> ResponseReader::parse(std::string_view& piece) {
    while (!piece.empty() && !parser_->is_done()) {
        beast::error_code ec;
        auto const taken = parser_->put(boost::beast::net::buffer(piece.data(), piece.size()), ec);
        piece.remove_prefix(taken);
        // Newer Beasts take a line at a time. A piece is whole, so more is never needed.
        if (!ec || (ec == beast::http::error::need_more && taken > 0 && !piece.empty())) continue;
        return parser_->refusal.empty() ? explain(ec, *parser_) : parser_->refusal;
    }
    if (!parser_->is_done() && !parser_->coding.empty()) {
        return "its body is encoded (" + std::string(parser_->coding) +
               "), though only identity was asked for";
    }
    return {};
}

ResponseReader::Progress ResponseReader::feed(std::string_view bytes, std::size_t& consumed) {
    consumed = 0;
    if (bytes.empty()) return Progress::incomplete;
    if (!started_) {
        started_ = true;
        if (body_ == Body::as_told) whole_ = read_plain_response(bytes, limits_);
        if (whole_) {
            consumed = bytes.size();
            return Progress::complete;
        }
        begin_message();
    }
    while (consumed < bytes.size()) {
        auto const piece = next_piece(bytes.substr(consumed));
        if (piece.progress != Progress::complete) return piece.progress;
        auto rest = piece.text;
        if (auto problem = parse(rest)) return refuse(std::move(*problem));
        consumed += piece.size - rest.size();
        if (!parser_->is_done()) continue;
        if (parser_->status >= 200) return Progress::complete;

        if (++interim_responses_ > max_interim_responses) {
            return refuse(
                "more than " + std::to_string(max_interim_responses) +
                " interim responses came first"
            );
        }
        begin_message();
    }
    return Progress::incomplete;
}

ResponseReader::Progress ResponseReader::end_of_stream(bool announced) {
    if (parser_ && status() != 0 && parser_->need_eof()) {
        if (!announced) {
            return refuse("its body ends with the connection, and without a close_notify");
        }
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

HttpResponse ResponseReader::take_head(std::string body_problem) {
    // A plain response is read as a whole, so this is none.
    HttpResponse response(parser_->status, std::move(parser_->headers), std::string());
    response.body_problem = std::move(body_problem);
    return response;
}

HttpResponse ResponseReader::take() {
    if (whole_) return std::move(*whole_);
    return HttpResponse(parser_->status, std::move(parser_->headers), std::move(parser_->body));
}

}  // namespace otp::http
