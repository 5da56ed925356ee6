#pragma once

#include "script/reserved_answers.hpp"

namespace otp::mocks {

/// Addresses `<name>@error.example.com` and `<name>@verify-error.example.com`.
[[nodiscard]] ReservedAnswers const& loyaltydog_reserved();

}  // namespace otp::mocks
