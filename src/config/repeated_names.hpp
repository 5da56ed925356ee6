#pragma once

#include "config/violations.hpp"

#include <boost/json/parse_options.hpp>

#include <string_view>

namespace otp::config {

/// Reports each member name that stands more than once in the same object. Boost.JSON keeps the
/// last one without a word, so that half of a merged file would silently not count.
///
/// `text` must be valid under `options`.
void report_repeated_names(
    std::string_view text, boost::json::parse_options const& options, Violations& violations
);

}  // namespace otp::config
