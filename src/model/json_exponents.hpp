#pragma once

#include <string>

namespace otp::model {

/// Brings the exponents of numbers in JSON text into the range that Boost.JSON can hold, without a
/// change of what the numbers are: `0e99999999999` is 0 and `1e-99999999999` is next to it, but the
/// parser gives up at both. The text stays as long as it is; what is no JSON stays none.
void bound_exponents(std::string& text) noexcept;

}  // namespace otp::model
