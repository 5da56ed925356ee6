#pragma once

#include <otp/export.hpp>

#include <string>
#include <string_view>

namespace OTP_EXPORT otp {

/// What is wrong with an answer that is no success, and where.
struct AnswerProblem {
    /// In our own words: `customerId is missing or another one`. Empty: nothing is wrong.
    std::string_view text{};
    /// The JSON pointer of the member, if it is one; made of names that the vendor chose, so it
    /// must be scrubbed before it is kept.
    std::string pointer{};

    [[nodiscard]] bool empty() const noexcept { return text.empty(); }
};

}  // namespace otp
