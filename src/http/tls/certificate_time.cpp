#include "http/tls/certificate_time.hpp"

#include <otp/iso8601.hpp>

#include <chrono>
#include <ctime>

namespace otp::http {

Clock::UtcTime utc_of(ASN1_TIME const* time) noexcept {
    std::tm parts{};
    // Nothing at all would be taken for the present.
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return Clock::UtcTime::min();
    return Clock::UtcTime(std::chrono::seconds(::timegm(&parts)));
}

std::string in_words(Clock::UtcTime time) {
    auto text = format_iso8601(time);
    // Certificates know no milliseconds.
    return text.erase(text.size() - 5, 4);
}

}  // namespace otp::http
