#include <otp/route_config.hpp>

namespace otp {

std::string_view to_string(RouteStrategy strategy) noexcept {
    switch (strategy) {
        case RouteStrategy::in_order:
            return "in_order";
        case RouteStrategy::round_robin:
            return "round_robin";
        case RouteStrategy::weighted:
            return "weighted";
    }
    return "unknown";
}

std::string_view to_string(OnUnknown choice) noexcept {
    switch (choice) {
        case OnUnknown::stop:
            return "stop";
        case OnUnknown::retry_if_documented:
            return "retry_if_documented";
        case OnUnknown::failover:
            return "failover";
    }
    return "unknown";
}

}  // namespace otp
