#pragma once

#include <cstddef>
#include <string_view>

namespace otp::http {

/// What of a chunked body (RFC 9112 7.1) stands between the data of two chunks, and may be given to
/// a parser only as a whole.
struct ChunkFrame {
    enum class Progress { incomplete, complete, refused };

    Progress progress{Progress::incomplete};
    /// The line with the next chunk's size; where that is 0, the trailers, too.
    std::size_t size{0};
    /// Blanks behind the size, which old servers fill a fixed field with, begin here. To be left
    /// out.
    std::size_t padding_begin{0};
    std::size_t padding_size{0};
    /// Why it is refused. Lasts as long as the program.
    std::string_view problem;

    /// The extension of one chunk.
    static constexpr std::size_t max_extension_bytes = 256;
    /// The lines of the trailers altogether.
    static constexpr std::size_t max_trailer_bytes = 4096;

    /// `after_data`: `bytes` begin with the line end behind a chunk's data. The answer depends on
    /// the bytes alone, and not on how they came in pieces.
    [[nodiscard]] static ChunkFrame find(std::string_view bytes, bool after_data) noexcept;
};

}  // namespace otp::http
