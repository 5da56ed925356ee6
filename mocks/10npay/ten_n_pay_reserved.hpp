#pragma once

#include "script/reserved_answers.hpp"

namespace otp::mocks {

/// User ids 40001 and up for send, 50001 and up for verify.
[[nodiscard]] ReservedAnswers const& ten_n_pay_reserved();

}  // namespace otp::mocks
