#include <otp/verification_outcome.hpp>

namespace otp {

std::string_view to_string(VerificationOutcome outcome) noexcept {
    switch (outcome) {
        case VerificationOutcome::approved:
            return "approved";
        case VerificationOutcome::wrong_code:
            return "wrong_code";
        case VerificationOutcome::expired:
            return "expired";
        case VerificationOutcome::too_many_attempts:
            return "too_many_attempts";
        case VerificationOutcome::rejected:
            return "rejected";
    }
    return "unknown";
}

}  // namespace otp
