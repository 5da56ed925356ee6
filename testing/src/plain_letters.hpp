#pragma once

#include <string>
#include <string_view>

namespace otp::testing {

/// The letters (small) and digits of a text after percent-encoding, the escapes of JSON and HTML's
/// character references have been undone, also where one stands in the other. What stands between
/// them is left out, as people group numbers in many ways; but where that is more than four
/// characters, a `|` is left.
[[nodiscard]] std::string plain_letters(std::string_view text);

}  // namespace otp::testing
