#pragma once

#include <string>
#include <string_view>

namespace otp::testing {

/// What the words of a text are if they are taken for Base64 (either alphabet, from each of the
/// four places at which the encoded text may begin) or hexadecimal, one after the other, with a NUL
/// between them. Mostly noise: it is there to be searched.
[[nodiscard]] std::string encoded_parts(std::string_view text);

}  // namespace otp::testing
