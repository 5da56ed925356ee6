#include "http/wire/line_block.hpp"

#include "model/ascii.hpp"

#include <algorithm>

namespace otp::http {
namespace {

bool is_control(char c) noexcept {
    return model::is_ascii_control(c) && c != '\t';
}

}  // namespace

LineBlock::Progress LineBlock::look(std::string_view bytes) noexcept {
    auto const within = bytes.substr(0, max_bytes_);
    for (;;) {
        // A folded line (RFC 9112 5.2) is one value to one reader and two lines to the next.
        if (line_begin_ < within.size() &&
            (within[line_begin_] == ' ' || within[line_begin_] == '\t')) {
            problem_ = "a header line begins with a blank";
            return Progress::malformed;
        }
        auto const end = within.find('\n', seen_);
        if (end == within.npos) break;
        if (end == line_begin_ || within[end - 1] != '\r') {
            problem_ = "a header line ends in a line feed alone";
            return Progress::malformed;
        }
        auto const line = within.substr(line_begin_, end - 1 - line_begin_);
        // A carriage return above all, which ends a line for some.
        if (std::any_of(line.begin(), line.end(), is_control)) {
            problem_ = "a header line holds a control character";
            return Progress::malformed;
        }
        bool const empty = line.empty();
        seen_ = line_begin_ = end + 1;
        if (empty) return Progress::complete;
        if (++lines_ > max_lines_) return Progress::too_many;
    }
    seen_ = within.size();
    return bytes.size() > max_bytes_ ? Progress::too_large : Progress::incomplete;
}

}  // namespace otp::http
