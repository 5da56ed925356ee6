#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::testing {

/// The placeholders of a recorded target or of a route, with their braces, in their order.
[[nodiscard]] std::vector<std::string> placeholders_of(std::string_view pattern);

/// What stands in a target for each placeholder of `pattern`, by its name with the braces.
using TargetParts = std::vector<std::pair<std::string, std::string>>;

/// Holds a target against a recorded one, segment by segment. Nothing if it does not match. A query
/// is a part of the last segment.
[[nodiscard]] std::optional<TargetParts> match_target(
    std::string_view pattern, std::string_view target
);

/// `target` with placeholders for those segments that have one of these names (without braces) in
/// `route`, which leaves a target alone if it has none. Nothing if both do not fit together.
[[nodiscard]] std::optional<std::string> target_with_placeholders(
    std::string_view target, std::string_view route, std::vector<std::string> const& names
);

/// A segment of a target as it was before it was encoded.
[[nodiscard]] std::string decode_segment(std::string_view segment);

}  // namespace otp::testing
