#include <otp/verify_otp.hpp>

namespace otp {

std::string_view to_string(Verification::Outcome outcome) noexcept {
    switch (outcome) {
        case Verification::Outcome::approved:
            return "approved";
        case Verification::Outcome::wrong_code:
            return "wrong_code";
        case Verification::Outcome::expired:
            return "expired";
        case Verification::Outcome::too_many_attempts:
            return "too_many_attempts";
        case Verification::Outcome::rejected:
            return "rejected";
    }
    return "unknown";
}

}  // namespace otp
