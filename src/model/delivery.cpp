#include <otp/delivery.hpp>

namespace otp {

std::string_view to_string(Delivery delivery) noexcept {
    switch (delivery) {
        case Delivery::not_sent:
            return "not_sent";
        case Delivery::unknown:
            return "unknown";
        case Delivery::accepted:
            return "accepted";
    }
    return "unknown";
}

Delivery delivery_of_refusal(int http_status) noexcept {
    return http_status >= 300 && http_status < 500 ? Delivery::not_sent : Delivery::unknown;
}

}  // namespace otp
