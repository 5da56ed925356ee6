#pragma once

#include <otp/error.hpp>
#include <otp/export.hpp>
#include <otp/send_otp.hpp>
#include <otp/vendor_description.hpp>

#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

/// The keys of `fields[vendor]` that `known` does not list: each with its pointer
/// (`/vendor_fields/eko/cspid`), and the name that was probably meant or those that there are.
/// Empty if there is none. Fields of other vendors are not looked at.
[[nodiscard]] std::vector<FieldViolation> unknown_vendor_fields(
    VendorFields const& fields,
    std::string_view vendor,
    std::vector<SettingDescription> const& known
);

}  // namespace otp
