#pragma once

#include <otp/decision.hpp>
#include <otp/error.hpp>

namespace otp::delivery {

/// Why an operation ends with an error that nothing can follow, whoever might still be asked: the
/// caller cancelled, the time is over, or something failed here. A code that may be on its way is
/// the reason before any other.
[[nodiscard]] DecisionReason reason_of_end(Error const& error) noexcept;

/// Whether an operation that stops for this reason stops because nobody else could be asked, so
/// that those who were not are part of the story.
[[nodiscard]] bool is_about_others(DecisionReason reason) noexcept;

}  // namespace otp::delivery
