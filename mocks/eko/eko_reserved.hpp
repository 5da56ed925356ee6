#pragma once

#include "script/reserved_answers.hpp"

#include <string>

namespace otp::mocks {

/// Numbers `+919000` and, for send and verify in turn: `0`/`1` a `status`, `2`/`3` an HTTP status,
/// `4`/`5` other trouble, `6`/`7` another shape of an answer; then five digits.
[[nodiscard]] ReservedAnswers const& eko_reserved();

/// Numbers whose send is answered in an unusual but successful shape.
[[nodiscard]] bool eko_answers_numbers_as_text(std::string const& phone);
[[nodiscard]] bool eko_answers_reference(std::string const& phone);
[[nodiscard]] bool eko_answers_minus_one(std::string const& phone);

}  // namespace otp::mocks
