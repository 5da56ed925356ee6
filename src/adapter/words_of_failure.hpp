#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

namespace otp::adapter {

/// `text` with its ASCII letters small.
[[nodiscard]] std::string in_small_letters(std::string_view text);

/// Whether there is a text in the value, at any depth, with something in it that sentences of
/// failure have in English and good news have not: `invalid`, `expired`, `not found`.
[[nodiscard]] bool tells_of_failure(boost::json::value const& value);

}  // namespace otp::adapter
