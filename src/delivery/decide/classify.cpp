#include "delivery/decide/classify.hpp"

namespace otp::delivery {

Delivery classify_failure(HttpExchange const& exchange) {
    if (exchange.bytes_taken == 0) return Delivery::not_sent;
    // Without a header of an answer the status is 0, which proves nothing.
    return delivery_of_refusal(exchange.outcome.error().http_status);
}

Delivery classify_refusal(Error const& error) {
    return error.delivery == Delivery::accepted ? Delivery::unknown : error.delivery;
}

bool may_renew_token(Error const& error, bool token_was_cached, bool renewed) noexcept {
    return error.http_status == 401 && error.category == ErrorCategory::unauthenticated &&
           error.delivery == Delivery::not_sent && token_was_cached && !renewed;
}

}  // namespace otp::delivery
