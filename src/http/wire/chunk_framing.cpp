#include "http/wire/chunk_framing.hpp"

#include "http/wire/line_block.hpp"

namespace otp::http {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view empty_line = "\r\n";
constexpr std::size_t max_size_digits = 16;
constexpr std::size_t max_line_bytes = max_size_digits + ChunkFrame::max_extension_bytes;
constexpr std::string_view malformed = "its chunked body is malformed";

ChunkFrame refused(std::string_view problem) {
    ChunkFrame frame;
    frame.progress = ChunkFrame::Progress::refused;
    frame.problem = problem;
    return frame;
}

/// Adds the trailers behind the line of the last chunk.
ChunkFrame with_trailers(ChunkFrame frame, std::string_view bytes) {
    LineBlock trailers(
        ChunkFrame::max_trailer_bytes + empty_line.size(), ChunkFrame::max_trailer_bytes
    );
    switch (trailers.look(bytes.substr(frame.size))) {
        case LineBlock::Progress::incomplete:
            return {};
        case LineBlock::Progress::too_large:
        case LineBlock::Progress::too_many:
            return refused("its trailers are larger than 4096 bytes");
        case LineBlock::Progress::malformed:
            return refused("its trailers are malformed");
        case LineBlock::Progress::complete:
            break;
    }
    frame.size += trailers.size();
    return frame;
}

}  // namespace

ChunkFrame ChunkFrame::find(std::string_view bytes, bool after_data) noexcept {
    std::size_t const begin = after_data ? line_end.size() : 0;
    auto const behind_data = bytes.substr(0, begin);
    if (behind_data != line_end.substr(0, behind_data.size())) return refused(malformed);
    if (behind_data.size() < begin) return {};

    auto const within = bytes.substr(begin, max_line_bytes + line_end.size());
    auto const feed = within.find('\n');
    if (feed == within.npos) {
        if (within.size() < max_line_bytes + line_end.size()) return {};
        return refused("a chunk extension is larger than 256 bytes");
    }
    if (feed == 0 || within[feed - 1] != '\r') return refused(malformed);

    auto const line = within.substr(0, feed - 1);
    ChunkFrame frame;
    frame.progress = Progress::complete;
    frame.size = begin + feed + 1;
    auto const padded_from = line.find_last_not_of(" \t") + 1;
    frame.padding_begin = begin + padded_from;
    frame.padding_size = line.size() - padded_from;
    auto const digits = line.substr(0, line.find_first_not_of("0123456789abcdefABCDEF"));
    bool const last = !digits.empty() && digits.find_first_not_of('0') == digits.npos;
    return last ? with_trailers(frame, bytes) : frame;
}

}  // namespace otp::http
