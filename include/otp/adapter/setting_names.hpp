#pragma once

#include <otp/config.hpp>
#include <otp/error.hpp>
#include <otp/export.hpp>
#include <otp/vendor_description.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {
namespace adapter {

/// What an instance's settings are called, and its environment: enough to hold them against the
/// vendor's description, also where a value cannot be read. Views into what was given.
struct SettingNames {
    std::optional<std::string_view> environment{};
    /// Nothing if they cannot be told; then they are not judged.
    std::optional<std::vector<std::string_view>> credentials{std::vector<std::string_view>()};
    std::vector<std::string_view> options{};
};

/// Those of `instance`, and valid as long.
[[nodiscard]] SettingNames setting_names(InstanceConfig const& instance);

/// The one check of an instance's names and environment against its vendor's description, for
/// configurations from a file and for those made in code: names that the vendor does not have, with
/// the nearest one that it has, and credentials that are missing. A misspelt credential is not
/// missing, too. Pointers are relative to the instance: `/credentials/project_id`.
///
/// `VendorRegistry::make_adapter` calls it, so that no factory has to.
[[nodiscard]] std::vector<FieldViolation> check_setting_names(
    SettingNames const& given, VendorDescription const& vendor
);

/// The mistake of an instance whose vendor is none of `known`, with the nearest one that is.
[[nodiscard]] FieldViolation unknown_vendor(
    std::string_view vendor, std::span<std::string_view const> known
);

/// Every name of every way to authenticate, once, in the vendor's order.
[[nodiscard]] std::vector<std::string_view> credential_names(VendorDescription const& vendor);

/// Which of `VendorDescription::credentials` is meant by whoever gives `given`: the complete way
/// with the most names; if none is complete, the way of which most is given. The first one wins a
/// tie; so it is 0 if nothing is given.
[[nodiscard]] std::size_t meant_credentials(
    std::span<std::string_view const> given, VendorDescription const& vendor
);

}  // namespace adapter
}  // namespace otp
