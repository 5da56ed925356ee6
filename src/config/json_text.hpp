#pragma once

#include "config/violations.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace otp::config {

/// Reads JSON with comments. A syntax error is reported with its line and column (from 1, in
/// characters), a member name that stands twice in one object with the member's pointer.
///
/// Nothing if the text is not JSON. With repeated names the last one counts, so that the rest of
/// the text can be checked all the same.
[[nodiscard]] std::optional<boost::json::value> parse_json_text(
    std::string_view text, Violations& violations
);

}  // namespace otp::config
