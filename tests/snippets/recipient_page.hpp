#pragma once

#include <string>

namespace otp::docs {

inline constexpr char const* recipient_page_path = "docs/reserved-recipients.md";

/// The page that lists the mock vendors' reserved recipients.
[[nodiscard]] std::string recipient_page();

}  // namespace otp::docs
