#pragma once

#include <cstddef>
#include <string_view>

namespace otp::http {

/// Finds the end of lines that an empty one ends: the status line with the header, or the trailers.
///
/// Its verdict depends on the bytes alone, and not on the pieces in which they came: a parser is
/// given the block whole.
class LineBlock {
public:
    enum class Progress {
        incomplete,
        complete,   ///< `size()` bytes, the empty line included.
        too_large,  ///< It does not end within the limit of bytes.
        too_many,   ///< It does not end within the limit of lines.
        malformed,  ///< `problem()` says how.
    };

    /// `max_lines`: without the empty one.
    LineBlock(std::size_t max_bytes, std::size_t max_lines) noexcept
        : max_bytes_(max_bytes), max_lines_(max_lines) {}

    /// `bytes` begin with the block: those of the call before, and more.
    [[nodiscard]] Progress look(std::string_view bytes) noexcept;

    [[nodiscard]] std::size_t size() const noexcept { return line_begin_; }
    /// Lasts as long as the program.
    [[nodiscard]] std::string_view problem() const noexcept { return problem_; }

private:
    std::size_t max_bytes_;
    std::size_t max_lines_;
    std::size_t lines_{0};
    /// What is known to hold no end of a line.
    std::size_t seen_{0};
    std::size_t line_begin_{0};
    std::string_view problem_;
};

}  // namespace otp::http
