#pragma once

#include <otp/export.hpp>

#include <string_view>

namespace OTP_EXPORT otp {

/// What a vendor says of a code that it was asked to check.
enum class VerificationOutcome {
    approved,
    wrong_code,
    expired,  ///< Expired or already used; most vendors do not tell these apart.
    too_many_attempts,
    rejected,  ///< Not approved, and the vendor does not say why.
};

/// The stable name: `approved`, `wrong_code`, `expired`, `too_many_attempts`, `rejected`.
[[nodiscard]] std::string_view to_string(VerificationOutcome outcome) noexcept;

}  // namespace otp
