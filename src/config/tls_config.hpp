#pragma once

#include "config/violations.hpp"

#include <otp/config.hpp>

#include <boost/json/value.hpp>

#include <filesystem>
#include <string>

namespace otp::config {

/// The settings of `inherited`, replaced by those that the object `value` names. Certificate and
/// key are one setting: both are replaced together. `null` replaces all by the defaults of
/// `TlsConfig`. Relative paths begin at the
/// base directory of `sources`. What the files hold is looked at if they may be read.
[[nodiscard]] TlsConfig read_tls_config(
    boost::json::value const& value,
    std::string const& pointer,
    TlsConfig inherited,
    ConfigSources const& sources,
    Violations& violations
);

/// Reports files that cannot be read or do not hold what they should, half a pair of certificate
/// and key, a key that does not fit, and a malformed pin, as members of the object at `pointer`.
void check_tls_config(TlsConfig const& tls, std::string const& pointer, Violations& violations);

/// The same without a look at what the files hold.
void check_tls_settings(TlsConfig const& tls, std::string const& pointer, Violations& violations);

}  // namespace otp::config
