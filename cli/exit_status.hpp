#pragma once

#include <otp/error.hpp>

#include <stdexcept>

namespace otp::cli {

/// What the shell gets. Scripts branch on it, so the numbers never change.
namespace exit_status {
inline constexpr int success = 0;       ///< The vendor took the request, or the code is right.
inline constexpr int not_sent = 1;      ///< It failed, and certainly nothing was sent; or would.
inline constexpr int usage = 2;         ///< Command line, configuration or handle cannot be used.
inline constexpr int maybe_sent = 3;    ///< It failed, and a code may be on its way.
inline constexpr int not_approved = 4;  ///< The vendor did not approve the code.
inline constexpr int output_lost =
    5;  ///< Something could not be written; standard error says what.
}  // namespace exit_status

/// Whether the configuration was refused here. A vendor may also answer that the account is set up
/// wrongly; that is a failed operation, and its delivery counts.
[[nodiscard]] inline bool is_configuration_error(Error const& error) noexcept {
    return error.category == ErrorCategory::config_invalid && error.attempts.empty();
}

/// The status of a failed operation.
[[nodiscard]] inline int exit_status_of(Error const& error) noexcept {
    if (is_configuration_error(error)) return exit_status::usage;
    return error.delivery == Delivery::not_sent ? exit_status::not_sent : exit_status::maybe_sent;
}

/// A command line that cannot be followed. The text names options, never their values.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

}  // namespace otp::cli
