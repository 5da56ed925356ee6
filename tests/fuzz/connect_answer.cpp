// A proxy's answer to CONNECT must be read in the same way however the network cuts it.
#include "fuzz/support/input.hpp"
#include "fuzz/support/pieces.hpp"
#include "fuzz/support/require.hpp"
#include "http/connect/proxy_tunnel.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace {

struct Reading {
    bool decided{false};
    bool refused{false};
    std::size_t fed{0};
};

Reading read(std::vector<std::string_view> const& pieces) {
    otp::http::ConnectAnswer answer("the proxy", false);
    Reading reading;
    for (auto const piece : pieces) {
        reading.fed += piece.size();
        auto const verdict = answer.feed(piece);
        if (!verdict) continue;
        reading.decided = true;
        reading.refused = verdict->error.has_value();
        if (reading.refused) {
            otp::fuzz::require(
                verdict->error->category == otp::ErrorCategory::connect_failed &&
                    verdict->error->delivery == otp::Delivery::not_sent,
                "without a tunnel nothing was sent"
            );
        }
        break;
    }
    return reading;
}

std::ostream& operator<<(std::ostream& out, Reading const& reading) {
    return out << (reading.decided ? reading.refused ? "refused" : "taken" : "unfinished")
               << " after " << reading.fed << " bytes";
}

void require_same(Reading const& whole, Reading const& pieces, std::size_t size) {
    bool const same = whole.decided == pieces.decided && whole.refused == pieces.refused;
    // Bytes behind the answer are refused where they are seen with it.
    bool const is_extra = whole.refused && pieces.decided && pieces.fed < size;
    otp::fuzz::require(same || is_extra, "pieces change no verdict", whole, pieces);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const cut = otp::fuzz::read_cut_bytes(otp::fuzz::as_text(data, size));
    if (cut.bytes.empty()) return -1;
    auto const whole = read({cut.bytes});
    require_same(whole, read(cut.pieces), cut.bytes.size());
    require_same(whole, read(otp::fuzz::single_bytes(cut.bytes)), cut.bytes.size());
    return 0;
}
