#pragma once

#include <string_view>
#include <vector>

namespace otp::fuzz {

/// Bytes, and where to cut them. The first line of an input lists the lengths of the pieces; what
/// is left is the last piece. `17 3\nHTTP/1.1 200 OK...`
struct CutBytes {
    std::string_view bytes;
    std::vector<std::string_view> pieces;
};

[[nodiscard]] CutBytes read_cut_bytes(std::string_view input);

/// The bytes one by one.
[[nodiscard]] std::vector<std::string_view> single_bytes(std::string_view bytes);

}  // namespace otp::fuzz
