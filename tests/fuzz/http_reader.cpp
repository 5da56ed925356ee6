// A response must be read in the same way however the network cuts it.
#include "fuzz/support/input.hpp"
#include "fuzz/support/pieces.hpp"
#include "fuzz/support/require.hpp"
#include "http/wire/response_reader.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using otp::HttpLimits;
using otp::http::ResponseReader;
using Progress = ResponseReader::Progress;

/// So low that an input of libFuzzer's size can reach them.
HttpLimits low_limits() {
    HttpLimits limits;
    limits.max_header_bytes = 512;
    limits.max_header_fields = 12;
    limits.max_body_bytes = 1024;
    return limits;
}

struct Reading {
    Progress progress{Progress::incomplete};
    int status{0};
    std::size_t consumed{0};
    std::optional<bool> keep_alive{};
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    bool has_body_problem{false};

    friend bool operator==(Reading const&, Reading const&) = default;
};

std::ostream& operator<<(std::ostream& out, Reading const& reading) {
    return out << "progress " << static_cast<int>(reading.progress) << " status " << reading.status
               << " consumed " << reading.consumed << " fields " << reading.headers.size()
               << " body bytes " << reading.body.size() << " problem " << reading.has_body_problem;
}

void keep(Reading& reading, ResponseReader& reader) {
    reading.status = reader.status();
    if (reading.progress != Progress::complete) return;
    reading.keep_alive = reader.keep_alive();
    auto const response = reader.take();
    otp::fuzz::require(response.status == reading.status, "the status is the one that was told");
    for (auto const& [name, value] : response.headers) reading.headers.emplace_back(name, value);
    reading.body = response.body;
    reading.has_body_problem = !response.body_problem.empty();
}

Reading read(std::vector<std::string_view> const& pieces, bool close_is_announced) {
    HttpLimits const limits = low_limits();
    ResponseReader reader(limits);
    Reading reading;
    std::string unread;
    for (auto const piece : pieces) {
        unread += piece;
        std::size_t consumed = 0;
        reading.progress = reader.feed(unread, consumed);
        otp::fuzz::require(consumed <= unread.size(), "no more is consumed than there is");
        unread.erase(0, consumed);
        reading.consumed += consumed;
        if (reading.progress != Progress::incomplete) break;
    }
    if (reading.progress == Progress::incomplete) {
        reading.progress = reader.end_of_stream(close_is_announced);
    }
    // What a refusal left unread says nothing.
    if (reading.progress != Progress::complete) reading.consumed = 0;
    otp::fuzz::require(
        reading.progress != Progress::refused || !reader.error().empty(), "a refusal has its reason"
    );
    keep(reading, reader);
    return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const cut = otp::fuzz::read_cut_bytes(otp::fuzz::as_text(data, size));
    for (bool const announced : {true, false}) {
        auto const whole = read({cut.bytes}, announced);
        auto const in_pieces = read(cut.pieces, announced);
        otp::fuzz::require(whole == in_pieces, "pieces change nothing", whole, in_pieces);
        auto const in_bytes = read(otp::fuzz::single_bytes(cut.bytes), announced);
        otp::fuzz::require(whole == in_bytes, "single bytes change nothing", whole, in_bytes);
    }
    return 0;
}
