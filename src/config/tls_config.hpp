#pragma once

#include "config/violations.hpp"

#include <otp/config.hpp>

#include <boost/json/value.hpp>

#include <filesystem>
#include <string>

namespace otp::config {

/// The settings of `inherited`, replaced by those that the object `value` names. Certificate and
/// key are one setting: both are replaced together. `null` replaces all by the defaults of
/// `TlsConfig`. Relative paths begin at `base_directory`.
[[nodiscard]] TlsConfig read_tls_config(
    boost::json::value const& value,
    std::string const& pointer,
    TlsConfig inherited,
    std::filesystem::path const& base_directory,
    Violations& violations
);

/// Reports files that cannot be read, half a pair of certificate and key, and a malformed pin, as
/// members of the object at `pointer`.
void check_tls_config(TlsConfig const& tls, std::string const& pointer, Violations& violations);

}  // namespace otp::config
