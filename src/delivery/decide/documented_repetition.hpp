#pragma once

#include <otp/vendor_description.hpp>

namespace otp::delivery {

/// Whether the vendor's own documents ask for a repetition after an answer with this status
/// (`VendorDescription::repetitions`). 0, where no answer was read, is none.
[[nodiscard]] bool asks_for_repetition(VendorDescription const& vendor, int http_status);

}  // namespace otp::delivery
