#pragma once

#include "output.hpp"

#include <otp/attempt.hpp>

#include <chrono>
#include <string>

namespace otp::cli {

/// One attempt for a person, in the terms of what was asked for:
///
/// - of a send `login-us (stytch): accepted, HTTP 200, 2 ms`;
/// - of a check `login-us (stytch): wrong_code, HTTP 404 otp_code_not_found, 2 ms`, or
///   `login-us (stytch): timeout, the check may have been counted, while waiting, 8000 ms`;
/// - of one that was followed by another `login-us (stytch): connect_failed, not_sent, while
///   connecting, 1 ms, then the same instance again`;
/// - of an instance that was not asked `login-us (stytch): skipped, the instance asked to be left
///   alone for a while`.
[[nodiscard]] std::string describe_attempt(Attempt const& attempt, Step step);

/// `43 ms` or `1.5 s`.
[[nodiscard]] std::string describe_wait(std::chrono::milliseconds wait);

/// `login-us (stytch)`; `stytch` where both have the same name.
[[nodiscard]] std::string describe_instance(std::string const& instance, std::string const& vendor);

}  // namespace otp::cli
