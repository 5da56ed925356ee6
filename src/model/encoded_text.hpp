#pragma once

#include "model/folded_text.hpp"

#include <string_view>
#include <vector>

namespace otp::model {

/// What runs of pairs of hexadecimal digits say in ASCII, with nothing or a separator or two
/// between the pairs (`6a616e65`, `6a:61:6e:65`): with the first pair at the beginning of a run,
/// and one digit later. Other runs are left out.
[[nodiscard]] std::vector<FoldedText> read_hexadecimal(FoldedText const& text);

/// What runs of Base64 (RFC 4648 4 and 5, padded or not) say in ASCII: with the first group at the
/// beginning of a run, and one, two and three characters later. Other runs are left out. `source`
/// is what `text` was made from, which has the capitals.
[[nodiscard]] std::vector<FoldedText> read_base64(FoldedText const& text, std::string_view source);

}  // namespace otp::model
