#pragma once

#include "config/object_reader.hpp"
#include "config/secret_reader.hpp"

#include <otp/secret.hpp>
#include <otp/vendor_description.hpp>

#include <functional>
#include <map>
#include <string>

namespace otp::config {

/// Reads an instance's `credentials`. `vendor` is null where the instance names none that is known:
/// then any names will do. Whether they are complete is judged by names, so that a variable that is
/// not set is one mistake, not two.
[[nodiscard]] std::map<std::string, Secret, std::less<>> read_credentials(
    ObjectReader const& instance, VendorDescription const* vendor, SecretReader const& secrets
);

/// Reads an instance's `options`: texts, whole numbers and booleans, as text.
[[nodiscard]] std::map<std::string, std::string, std::less<>> read_options(
    ObjectReader const& instance, VendorDescription const* vendor
);

/// Reads an instance's `environment`; empty if there is none.
[[nodiscard]] std::string read_environment(
    ObjectReader const& instance, VendorDescription const* vendor
);

}  // namespace otp::config
