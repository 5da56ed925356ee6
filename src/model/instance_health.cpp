#include <otp/instance_health.hpp>

namespace otp {

std::string_view to_string(BreakerState state) noexcept {
    switch (state) {
        case BreakerState::closed:
            return "closed";
        case BreakerState::open:
            return "open";
        case BreakerState::half_open:
            return "half_open";
        case BreakerState::isolated:
            return "isolated";
    }
    return "unknown";
}

}  // namespace otp
