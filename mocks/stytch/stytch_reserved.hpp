#pragma once

#include "script/reserved_answers.hpp"

namespace otp::mocks {

/// Addresses `<error_type>@error.example.com` and `<error_type>@verify-error.example.com`; numbers
/// +12025550100 and up for send, +12025550170 and up for authenticate.
[[nodiscard]] ReservedAnswers const& stytch_reserved();

}  // namespace otp::mocks
