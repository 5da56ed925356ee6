#pragma once

#include <otp/error.hpp>

#include <boost/system/error_code.hpp>

#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace otp::platform {

/// The system's text, and what can be done where the process or the machine has run out of
/// something: `Too many open files: raise the limit (ulimit -n)`.
[[nodiscard]] std::string explain(boost::system::error_code const& error);

/// Tries whether the process can open one more descriptor: why not, or nothing if it can.
[[nodiscard]] std::optional<boost::system::error_code> lack_of_descriptors() noexcept;

/// A thrown lack of memory, descriptors or threads as an error: `connect_failed`, `not_sent`, since
/// it came before any request. `what` had been tried with `whom`, as in `connecting to ` and
/// `api.example.com:443`. Any other exception: `internal`, without its text. Where memory does not
/// suffice for that, `out of memory` is the whole message.
[[nodiscard]] Error resource_error(
    std::string_view what, std::string_view whom, std::exception_ptr const& thrown
) noexcept;

/// An error for where nothing may be thrown: without memory for its message, that is
/// `out of memory`.
[[nodiscard]] Error bare_error(ErrorCategory category, std::string_view message) noexcept;

inline constexpr std::string_view out_of_memory = "out of memory";

}  // namespace otp::platform
