#pragma once

#include <otp/config.hpp>
#include <otp/error.hpp>

#include <optional>

namespace otp::config {

/// Checks what the types of a configuration built in code leave open: names, ranges, addresses,
/// files, and that routes use instances that exist. Vendors' own rules are checked when their
/// adapters are made.
///
/// Returns `config_invalid` with all violations, with the pointers that the same mistakes would
/// have in a file; nothing if the configuration can be used.
[[nodiscard]] std::optional<Error> check_config(ClientConfig const& config);

}  // namespace otp::config
