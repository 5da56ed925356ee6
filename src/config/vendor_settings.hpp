#pragma once

#include "config/object_reader.hpp"
#include "config/secret_reader.hpp"

#include <otp/adapter/setting_names.hpp>
#include <otp/config.hpp>
#include <otp/secret.hpp>
#include <otp/vendor_description.hpp>

#include <functional>
#include <map>
#include <string>

namespace otp::config {

// `vendor` is null where the instance names none that is known: then any names will do. Names that
// a known vendor does not have are not reported here, and what stands there is not read: the
// registry checks all names (`VendorRegistry::make_adapter`).

/// The names of an instance's `credentials` and `options`, whatever their values are: so that a
/// variable that is not set is one mistake, not two. Views into what is read.
[[nodiscard]] adapter::SettingNames read_setting_names(ObjectReader const& instance);

/// Reads an instance's `credentials`. Those that cannot be read are there, and empty: whoever looks
/// for them finds nothing missing.
[[nodiscard]] std::map<std::string, Secret, std::less<>> read_credentials(
    ObjectReader const& instance, VendorDescription const* vendor, SecretReader const& secrets
);

/// Reads an instance's `options`: texts, whole numbers and booleans, as text. A relative path
/// (`SettingDescription::is_file`) begins at the base directory of `sources`, and is refused where
/// these allow no files.
[[nodiscard]] std::map<std::string, std::string, std::less<>> read_options(
    ObjectReader const& instance, VendorDescription const* vendor, ConfigSources const& sources
);

}  // namespace otp::config
