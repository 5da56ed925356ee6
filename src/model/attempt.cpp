#include <otp/attempt.hpp>

namespace otp {

std::string_view to_string(Decision decision) noexcept {
    switch (decision) {
        case Decision::finish:
            return "finish";
        case Decision::renew_token:
            return "renew_token";
        case Decision::next_instance:
            return "next_instance";
        case Decision::confirm:
            return "confirm";
    }
    return "unknown";
}

}  // namespace otp
