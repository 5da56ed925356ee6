#include <otp/exchange_phase.hpp>

namespace otp {

std::string_view to_string(ExchangePhase phase) noexcept {
    switch (phase) {
        case ExchangePhase::queued:
            return "queued";
        case ExchangePhase::resolving:
            return "resolving";
        case ExchangePhase::connecting:
            return "connecting";
        case ExchangePhase::tunnelling:
            return "tunnelling";
        case ExchangePhase::handshaking:
            return "handshaking";
        case ExchangePhase::writing:
            return "writing";
        case ExchangePhase::waiting:
            return "waiting";
        case ExchangePhase::reading:
            return "reading";
        case ExchangePhase::done:
            return "done";
    }
    return "unknown";
}

}  // namespace otp
