#pragma once

#include <string_view>

namespace otp::model {

/// Whether it is a `traceparent` of W3C Trace Context (3.2): that of version 00, or of a later one,
/// which may go on behind a `-`.
[[nodiscard]] bool is_traceparent(std::string_view text) noexcept;

}  // namespace otp::model
