#pragma once

#include <cstddef>
#include <string_view>

namespace otp::model {

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal
/// string alignment); upper and lower case count as equal, and so do `-` and `_`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace otp::model
