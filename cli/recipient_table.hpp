#pragma once

#include <string>
#include <string_view>

namespace otp::cli {

/// How an application makes the mock vendors answer what it wants to see: the reserved recipients
/// of one vendor, or of all for an empty name, as a table.
[[nodiscard]] std::string recipient_table(std::string_view vendor);

/// The same as the object of `--json`.
[[nodiscard]] std::string recipient_object(std::string_view vendor);

}  // namespace otp::cli
