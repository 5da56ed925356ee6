// Hints, as docs/hints.md shows them.

#include <otp/otp.hpp>

#include <chrono>
#include <iostream>

namespace {

[[maybe_unused]]
// [snippet localized_request]
otp::SendOtp
localized_request(otp::PhoneNumber phone, otp::ClientAttributes client) {
    otp::SendOtp request(std::move(phone));
    request.locale = "en-US";  // or what Accept-Language says
    request.expires_in = std::chrono::minutes(15);
    request.reference = "123e4567-e89b-12d3-a456-426614174000";
    request.client = std::move(client);  // as the web server knows them
    return request;
}
// [snippet end]

[[maybe_unused]]
// [snippet log_hints]
void
log_hints(otp::Attempt const& attempt) {
    for (otp::AppliedHint const& hint : attempt.hints) {
        std::clog << attempt.vendor << ": " << hint.name << ' ' << hint.wanted << " -> "
                  << hint.used.value_or("left out") << '\n';
    }
}
// [snippet end]

}  // namespace
