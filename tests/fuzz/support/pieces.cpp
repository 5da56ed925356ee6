#include "fuzz/support/pieces.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace otp::fuzz {

CutBytes read_cut_bytes(std::string_view input) {
    auto const line_end = std::min(input.find('\n'), input.size());
    auto lengths = input.substr(0, line_end);
    CutBytes cut{input.substr(std::min(line_end + 1, input.size())), {}};
    auto rest = cut.bytes;
    while (!lengths.empty() && !rest.empty()) {
        std::size_t length{};
        auto const [end, ec] =
            std::from_chars(lengths.data(), lengths.data() + lengths.size(), length);
        auto const taken = static_cast<std::size_t>(end - lengths.data());
        if (ec == std::errc{} && length > 0) {
            cut.pieces.push_back(rest.substr(0, length));
            rest.remove_prefix(std::min(length, rest.size()));
        }
        lengths.remove_prefix(std::max<std::size_t>(taken, 1));
    }
    if (!rest.empty()) cut.pieces.push_back(rest);
    return cut;
}

std::vector<std::string_view> single_bytes(std::string_view bytes) {
    std::vector<std::string_view> pieces;
    for (std::size_t i = 0; i < bytes.size(); ++i) pieces.push_back(bytes.substr(i, 1));
    return pieces;
}

}  // namespace otp::fuzz
