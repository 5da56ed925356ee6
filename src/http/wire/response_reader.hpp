#pragma once

#include "http/wire/line_block.hpp"
#include "http/wire/response_parser.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>

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

    /// What follows the header.
    enum class Body {
        as_told,  ///< What status and header say.
        none,     ///< Nothing, as after `CONNECT`.
    };

    /// `limits` outlive the reader.
    explicit ResponseReader(HttpLimits const& limits, Body body = Body::as_told);

    /// Reads from `bytes` and sets `consumed`. What was not consumed must be given again, with more
    /// behind it. Once complete, unconsumed bytes do not belong to the response.
    [[nodiscard]] Progress feed(std::string_view bytes, std::size_t& consumed);

    /// The peer closed. `announced`: by a TLS close_notify (or a FIN without TLS), so that a body
    /// that runs to the end of the connection is known to be whole (RFC 9112 9.8).
    [[nodiscard]] Progress end_of_stream(bool announced);

    /// Whether any byte of a response has been read, that of an interim one included.
    [[nodiscard]] bool started() const noexcept { return started_; }
    /// The final response's status once its header is complete; else 0.
    [[nodiscard]] int status() const noexcept;
    /// After a refusal: `the response is refused: ` and the problem.
    [[nodiscard]] std::string error() const;
    [[nodiscard]] std::string const& problem() const noexcept { return problem_; }
    /// After completion: whether the connection may serve another request.
    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] std::optional<std::chrono::seconds> keep_alive_timeout() const;
    [[nodiscard]] HttpResponse take();
    /// What can be told of a response whose body cannot be read: status and header. They are
    /// complete, `status()` is not 0.
    [[nodiscard]] HttpResponse take_head(std::string body_problem);

private:
    /// What the parser may be given next.
    struct Piece {
        Progress progress{Progress::incomplete};
        /// Of what was read.
        std::size_t size{0};
        /// What it comes to, for the parser; empty if it is refused.
        std::string_view text{};
    };

    Progress refuse(std::string problem);
    [[nodiscard]] Piece refuse_piece(std::string problem);
    void begin_message();
    [[nodiscard]] static LineBlock head_block(HttpLimits const& limits) noexcept;
    [[nodiscard]] Piece next_piece(std::string_view rest);
    [[nodiscard]] Piece next_head(std::string_view rest);
    [[nodiscard]] Piece next_chunk_piece(std::string_view rest);
    /// Takes off `piece` what belongs to the message. Nothing if all is well, else the problem.
    [[nodiscard]] std::optional<std::string> parse(std::string_view& piece);

    HttpLimits const& limits_;
    Body body_;
    /// The response, if it was a plain one. Else the parser reads it: there is never both.
    std::optional<HttpResponse> whole_;
    std::optional<ResponseParser> parser_;
    LineBlock head_;
    bool inside_chunks_{false};
    /// A piece that had to be put right.
    std::string rewritten_;
    int interim_responses_{0};
    bool started_{false};
    std::string problem_;
};

}  // namespace otp::http
