#pragma once

#include "script/reserved_answers.hpp"

namespace otp::mocks {

/// Ids `customer_error_<name>` and `customer_verify_error_<name>`.
[[nodiscard]] ReservedAnswers const& spherepay_reserved();

}  // namespace otp::mocks
