#pragma once

#include <otp/export.hpp>

#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// The version of this library: `0.1.0`.
[[nodiscard]] std::string_view version() noexcept;

/// The library with what it stands on, in one line, for a report of a fault: its version, the Boost
/// that it was built with, and the OpenSSL that it runs with.
[[nodiscard]] std::string version_details();

}  // namespace otp
