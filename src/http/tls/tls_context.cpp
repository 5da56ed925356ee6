#include "http/tls/tls_context.hpp"

#include "http/tls/certificate_time.hpp"
#include "http/tls/client_identity.hpp"
#include "http/tls/tls_policy.hpp"
#include "platform/resource_failure.hpp"

#include <otp/json_body.hpp>
#include <otp/seam/time_after.hpp>

#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <exception>
#include <string_view>
#include <utility>

namespace otp::http {
namespace {

std::optional<Error> load_client_identity(SSL_CTX* context, TlsConfig const& config) {
    if (config.client_certificate.has_value() != config.client_key.has_value()) {
        return field_error(
            ErrorCategory::config_invalid, "/tls", "client_certificate and client_key come together"
        );
    }
    auto const found = use_client_identity(context, config);
    if (!found) return {};
    auto const& file = found->key == "client_key" ? *config.client_key : *config.client_certificate;
    if (found->fault.is_lack_of_resources()) {
        return Error(
            ErrorCategory::connect_failed,
            "reading " + file.string() + " failed: " + platform::explain(found->fault.cause)
        );
    }
    return field_error(
        ErrorCategory::config_invalid,
        append_json_pointer("/tls", found->key),
        file.string() + " " + found->fault.text
    );
}

PeerTrust& trust_of(SSL* ssl) {
    return *static_cast<PeerTrust*>(SSL_get_app_data(ssl));
}

// The certificate is one of a server that nobody has vouched for yet: its names are not told.
std::string whose(int depth) {
    return depth == 0 ? "it" : "certificate " + std::to_string(depth + 1) + " of its chain";
}

/// The dates on which a verification has failed, and the time it was judged by.
std::string dates_of(X509_STORE_CTX* verification, Clock::UtcTime now) {
    auto const certificate_dates = [&](bool begins) {
        X509* const certificate = X509_STORE_CTX_get_current_cert(verification);
        auto const* const date =
            begins ? X509_get0_notBefore(certificate) : X509_get0_notAfter(certificate);
        return whose(X509_STORE_CTX_get_error_depth(verification)) +
               (begins ? " is valid from " : " was valid until ") + in_words(utc_of(date));
    };
    auto const list_dates = [&](bool begins) {
        X509_CRL* const list = X509_STORE_CTX_get0_current_crl(verification);
        auto const* const date =
            begins ? X509_CRL_get0_lastUpdate(list) : X509_CRL_get0_nextUpdate(list);
        return std::string("the list in tls.crl_file ") +
               (begins ? "is one from " : "was to be renewed by ") + in_words(utc_of(date));
    };
    std::string dates;
    std::string_view what_to_do = "if that is wrong, set the clock";
    switch (X509_STORE_CTX_get_error(verification)) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            dates = certificate_dates(false);
            break;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            dates = certificate_dates(true);
            break;
        case X509_V_ERR_CRL_HAS_EXPIRED:
            dates = list_dates(false);
            what_to_do = "put a newer list there and make a new client";
            break;
        case X509_V_ERR_CRL_NOT_YET_VALID:
            dates = list_dates(true);
            break;
        default:
            return {};
    }
    dates += ", and this machine's clock says " + in_words(now) + ": ";
    return dates += what_to_do;
}

/// The earliest date on which one of `certificates` expires.
Clock::UtcTime earliest_end(STACK_OF(X509) * certificates, Clock::UtcTime earliest) {
    for (int i = 0; i < sk_X509_num(certificates); ++i) {
        earliest = std::min(earliest, utc_of(X509_get0_notAfter(sk_X509_value(certificates, i))));
    }
    return earliest;
}

}  // namespace

TlsContext::TlsContext(
    Origin const& origin,
    std::chrono::milliseconds max_age,
    std::shared_ptr<Clock> clock,
    std::shared_ptr<TrustStore const> roots
)
    : origin_(origin),
      max_age_(max_age),
      clock_(std::move(clock)),
      roots_(std::move(roots)),
      context_(make_tls_context()) {}

Result<std::unique_ptr<TlsContext>> TlsContext::make(
    Origin const& origin,
    TlsConfig const& config,
    std::chrono::milliseconds max_age,
    std::shared_ptr<Clock> clock
) {
    auto roots = TrustStore::for_config(config);
    if (!roots) return roots.error();
    std::unique_ptr<TlsContext> made(
        new TlsContext(origin, max_age, std::move(clock), std::move(*roots))
    );
    SSL_CTX* const context = made->context_.get();
    SSL_CTX_set1_cert_store(context, made->roots_->native());
    if (auto error = load_client_identity(context, config)) return std::move(*error);
    if (config.pinned_public_key) {
        made->pinned_key_ = read_key_pin(*config.pinned_public_key);
        if (!made->pinned_key_) {
            return field_error(
                ErrorCategory::config_invalid,
                "/tls/pinned_public_key",
                "it is not the base64 of a SHA-256 digest (44 characters)"
            );
        }
    }
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, &TlsContext::on_verified);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, &TlsContext::on_new_session);
    SSL_CTX_set_app_data(context, made.get());
    return made;
}

TlsContext::~TlsContext() = default;

SslPointer TlsContext::make_connection(PeerTrust& trust) {
    SslPointer made(SSL_new(context_.get()));
    if (!made) return nullptr;
    SSL* const ssl = made.get();
    SSL_set_app_data(ssl, &trust);
    X509_VERIFY_PARAM* const param = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(
        param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT
    );
    auto const now = std::chrono::floor<std::chrono::seconds>(clock_->utc_now());
    X509_VERIFY_PARAM_set_time(param, static_cast<std::time_t>(now.time_since_epoch().count()));
    bool named = false;
    if (origin_.host_is_address) {
        named = X509_VERIFY_PARAM_set1_ip_asc(param, origin_.host.c_str()) == 1;
    } else {
        named = SSL_set1_host(ssl, origin_.host.c_str()) == 1 &&
                SSL_set_tlsext_host_name(ssl, origin_.host.c_str()) == 1;
    }
    if (!named) return nullptr;
    if (auto const kept = sessions_.take(*clock_)) {
        SSL_set_session(ssl, kept->session.get());
        trust.offered = kept->trust;
    }
    SSL_set_connect_state(ssl);
    return made;
}

TrustPeriod TlsContext::trust_in_peer_of(SSL* ssl) const {
    PeerTrust& trust = trust_of(ssl);
    if (!trust.period) {
        trust.period = SSL_session_reused(ssl) == 1 && trust.offered
                           ? *trust.offered
                           : trust_after_full_handshake(ssl);
    }
    return *trust.period;
}

TrustPeriod TlsContext::trust_after_full_handshake(SSL* ssl) const {
    auto* const chain = SSL_get0_verified_chain(ssl);
    auto expires = earliest_end(chain, Clock::UtcTime::max());
    // Of the certificates that are the client's own, the server judges all.
    if (X509* const own = SSL_get_certificate(ssl)) {
        expires = std::min(expires, utc_of(X509_get0_notAfter(own)));
        STACK_OF(X509)* own_chain = nullptr;
        SSL_get0_chain_certs(ssl, &own_chain);
        expires = earliest_end(own_chain, expires);
    }
    if (sk_X509_num(chain) > 0) {
        if (auto const lists = roots_->revocation_lists_expire(sk_X509_value(chain, 0))) {
            expires = std::min(expires, *lists);
        }
    }
    return {time_after(clock_->now(), max_age_), expires};
}

int TlsContext::on_verified(int verdict, X509_STORE_CTX* verification) {
    if (verdict == 1) return verdict;
    auto* const ssl = static_cast<SSL*>(
        X509_STORE_CTX_get_ex_data(verification, SSL_get_ex_data_X509_STORE_CTX_idx())
    );
    auto const* const self = static_cast<TlsContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    try {
        trust_of(ssl).dates = dates_of(verification, self->clock_->utc_now());
    } catch (std::exception const&) {
        // The verdict stands without its reasons.
    }
    return verdict;
}

int TlsContext::on_new_session(SSL* ssl, SSL_SESSION* session) {
    auto* const self = static_cast<TlsContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
    try {
        SSL_SESSION_up_ref(session);
        self->sessions_.keep({SessionPointer(session), self->trust_in_peer_of(ssl)});
    } catch (std::exception const&) {
        // Without memory for it, the session is not kept.
    }
    return 0;  // OpenSSL's own reference stays OpenSSL's.
}

}  // namespace otp::http
