#include "http/tls/tls_sessions.hpp"

#include <cstddef>
#include <ctime>
#include <utility>

namespace otp::http {
namespace {

constexpr std::size_t max_kept_sessions = 64;

// OpenSSL has stamped it with the machine's own time.
bool has_timed_out(SSL_SESSION const* session) {
    return std::time(nullptr) >= SSL_SESSION_get_time(session) + SSL_SESSION_get_timeout(session);
}

}  // namespace

void TlsSessions::keep(Kept kept) {
    if (sessions_.size() == max_kept_sessions) sessions_.pop_front();
    sessions_.push_back(std::move(kept));
}

std::optional<TlsSessions::Kept> TlsSessions::take(Clock const& clock) {
    while (!sessions_.empty()) {
        Kept kept = std::move(sessions_.back());
        sessions_.pop_back();
        auto* const session = kept.session.get();
        if (SSL_SESSION_is_resumable(session) != 1 || has_timed_out(session) ||
            kept.trust.is_over(clock)) {
            continue;
        }
        // Before TLS 1.3 a session serves many times, and a resumed one brings no successor.
        if (SSL_SESSION_get_protocol_version(session) < TLS1_3_VERSION) {
            SSL_SESSION_up_ref(session);
            keep({SessionPointer(session), kept.trust});
        }
        return kept;
    }
    return std::nullopt;
}

}  // namespace otp::http
