#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace otp::config {

/// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal
/// string alignment); upper and lower case count as equal, and so do `-` and `_`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The name that was probably meant; nothing if all are too far. The first one wins a tie.
[[nodiscard]] std::optional<std::string_view> nearest_name(
    std::string_view name, std::span<std::string_view const> known
);

}  // namespace otp::config
