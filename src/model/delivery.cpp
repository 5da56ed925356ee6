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
    bool const to_be_made_elsewhere = http_status == 307 || http_status == 308;
    bool const client_error = http_status >= 400 && http_status < 500;
    return to_be_made_elsewhere || client_error ? Delivery::not_sent : Delivery::unknown;
}

}  // namespace otp
