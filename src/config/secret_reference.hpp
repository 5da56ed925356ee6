#pragma once

#include "config/checked.hpp"

#include <otp/config.hpp>
#include <otp/secret.hpp>

#include <string_view>

namespace otp::config {

/// Reads the value of a credential or a proxy password.
///
/// - `${env:NAME}`: the environment variable; an error if it is not set or empty.
/// - `${file:PATH}`: see `read_secret_file`; a relative path begins at `sources.base_directory`.
/// - Anything else is the secret itself, and refused unless `allow_inline`. A reference inside a
///   longer text is an error: it would not be replaced.
///
/// No error holds any part of the value, save a reference's name or path.
[[nodiscard]] Checked<Secret> read_secret(
    std::string_view text, ConfigSources const& sources, bool allow_inline
);

}  // namespace otp::config
