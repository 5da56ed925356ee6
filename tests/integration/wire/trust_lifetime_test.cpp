// How long a server is trusted once its certificate has been verified: sessions and connections end
// with their age, with the first certificate of the chain and with the revocation list.

#include "integration/wire/loopback_resolver.hpp"
#include "integration/wire/tls_visit.hpp"
#include "support/transport_harness.hpp"
#include "support/variable.hpp"

#include <otp/iso8601.hpp>

#include <openssl/ssl.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <optional>
#include <ostream>
#include <string>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

/// The machine's, set on by a test.
class AdvancedClock final : public Clock {
public:
    [[nodiscard]] TimePoint now() const noexcept override { return Clock::system()->now() + later; }
    [[nodiscard]] UtcTime utc_now() const noexcept override {
        return Clock::system()->utc_now() + later_by_date;
    }
    [[nodiscard]] std::unique_ptr<ClockTimer> make_timer(
        boost::asio::any_io_executor const& executor
    ) override {
        return Clock::system()->make_timer(executor);
    }

    std::chrono::seconds later{0};
    std::chrono::seconds later_by_date{0};
};

/// For `openssl ca`: `20261126210752Z`.
std::string in_one_hour() {
    auto text = format_iso8601(Clock::system()->utc_now() + 1h).substr(0, 19);
    std::erase_if(text, [](char character) { return character < '0' || character > '9'; });
    return text + "Z";
}

struct TlsVersion {
    int number;
    bool tickets;
    char const* name;
};

void PrintTo(TlsVersion const& version, std::ostream* out) {
    *out << version.name;
}

class TrustLifetime : public testing::TestWithParam<TlsVersion> {
protected:
    /// Answers each request and ends the connection, or keeps it.
    void serve(Visit const& visit, bool keep = false) {
        Visit adjusted = visit;
        adjusted.server.min_version = adjusted.server.max_version = GetParam().number;
        if (!GetParam().tickets) {
            adjusted.server.adjust = [](SSL_CTX* context) {
                SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
            };
        }
        harness_.reset();
        server_.emplace(
            [keep](Peer& peer, std::size_t) {
                while (peer.read_request()) {
                    peer.write(
                        keep ? ok_response("{}")
                             : "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}"
                    );
                    if (keep) continue;
                    peer.finish();
                    return peer.read_to_end();
                }
            },
            adjusted.server
        );
        clock_ = std::make_shared<AdvancedClock>();
        harness_.emplace(
            "https://localhost:" + std::to_string(server_->port()),
            [&](InstanceConfig& instance) {
                instance.tls = visit.client;
                instance.limits.max_connection_age = 1h;
                instance.limits.idle_timeout = 24h;
            },
            std::make_shared<LoopbackResolver>(),
            clock_
        );
    }

    HttpExchange send() { return harness_->exchange(send_request(), 1000h); }

    void expect_resumptions(std::size_t count, char const* when) {
        auto const exchange = send();
        ASSERT_TRUE(exchange.outcome) << when << ": " << exchange.outcome.error();
        EXPECT_FALSE(exchange.reused_connection) << when;
        EXPECT_EQ(server_->resumptions(), count) << when;
    }

    void expect_refused(char const* reason) {
        auto const exchange = send();
        ASSERT_FALSE(exchange.outcome) << "accepted";
        EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::tls_failed);
        EXPECT_THAT(exchange.outcome.error().message, HasSubstr(reason));
        EXPECT_EQ(exchange.bytes_taken, 0U);
    }

    /// Resumes a session, and does so no more when the date is past that of `visit`.
    void expect_end_within_two_hours(Visit const& visit, char const* reason) {
        serve(visit);
        expect_resumptions(0, "first");
        expect_resumptions(1, "second");
        clock_->later_by_date = 2h;
        expect_refused(reason);
        EXPECT_EQ(server_->resumptions(), 1U);
    }

    std::optional<ScriptedServer> server_;
    std::shared_ptr<AdvancedClock> clock_;
    std::optional<TransportHarness> harness_;
};

INSTANTIATE_TEST_SUITE_P(
    Over,
    TrustLifetime,
    testing::Values(
        TlsVersion{TLS1_2_VERSION, true, "Tls12Tickets"},
        TlsVersion{TLS1_2_VERSION, false, "Tls12SessionIds"},
        TlsVersion{TLS1_3_VERSION, true, "Tls13Tickets"},
        TlsVersion{TLS1_3_VERSION, false, "Tls13StatefulTickets"}
    ),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST_P(TrustLifetime, OfASessionIsNotProlongedByResumingIt) {
    serve(good_visit());
    expect_resumptions(0, "at first");
    clock_->later = 40min;
    expect_resumptions(1, "after 40 minutes");
    clock_->later = 59min;
    expect_resumptions(2, "after 59 minutes");
    clock_->later = 61min;
    expect_resumptions(2, "after 61 minutes");
    clock_->later = 80min;
    expect_resumptions(3, "19 minutes after a full handshake");
}

TEST_P(TrustLifetime, EndsWithTheServersCertificate) {
    CertificateLab::Recipe recipe;
    recipe.not_after = in_one_hour();
    expect_end_within_two_hours(visit_leaf(recipe), "certificate has expired");
}

TEST_P(TrustLifetime, EndsWithAnAuthorityBetween) {
    CertificateLab::Recipe authority;
    authority.extensions = CertificateLab::authority_extensions;
    authority.subject = "/CN=Lab middle";
    authority.not_after = in_one_hour();
    lab().make("middle", authority);
    CertificateLab::Recipe leaf;
    leaf.issuer = "middle";
    lab().make("leaf", leaf);
    expect_end_within_two_hours(visit_chain("leaf middle"), "certificate has expired");
}

TEST_P(TrustLifetime, EndsWithTheRoot) {
    serve(good_visit());
    expect_resumptions(0, "first");
    expect_resumptions(1, "second");
    // The lab's has 30 days.
    clock_->later_by_date = 31 * 24h;
    expect_refused("certificate has expired");
}

TEST_P(TrustLifetime, EndsWithTheRevocationList) {
    Visit visit = good_visit();
    lab().make_revocation_list("short.crl", "ca", {}, in_one_hour());
    visit.client.crl_file = lab().file("short.crl");
    expect_end_within_two_hours(visit, "CRL has expired");
}

TEST_P(TrustLifetime, EndsWithTheClientsCertificate) {
    CertificateLab::Recipe recipe;
    recipe.subject = "/CN=application";
    recipe.extensions = "extendedKeyUsage=clientAuth";
    recipe.not_after = in_one_hour();
    lab().make("application", recipe);
    Visit visit = good_visit();
    visit.server.client_authority = lab().file("ca.pem");
    visit.client.client_certificate = lab().file("application.pem");
    visit.client.client_key = lab().file("application.key");
    serve(visit);
    expect_resumptions(0, "first");
    expect_resumptions(1, "second");
    clock_->later_by_date = 2h;
    // The server's clock takes it still; a session that began with it is over all the same.
    expect_resumptions(1, "later");
}

TEST_P(TrustLifetime, OfAKeptConnectionEndsWithTheCertificate) {
    CertificateLab::Recipe recipe;
    recipe.not_after = in_one_hour();
    serve(visit_leaf(recipe), true);
    ASSERT_TRUE(send().outcome);
    EXPECT_TRUE(send().reused_connection);
    // The date is that of when it was opened: nobody asks for the wall clock with each request.
    clock_->later = clock_->later_by_date = 61min;
    expect_refused("certificate has expired");
    EXPECT_EQ(server_->resumptions(), 0U);
}

TEST_P(TrustLifetime, OfAConnectionThatResumedEndsWithTheFullHandshake) {
    serve(good_visit(), true);
    ASSERT_TRUE(send().outcome);
    clock_->later = 50min;
    EXPECT_TRUE(send().reused_connection);
    // The first connection is busy: the second one is opened at 50 minutes and resumes.
    auto const one = harness_->start(send_request(), 1000h);
    auto const two = harness_->start(send_request(), 1000h);
    ASSERT_TRUE(harness_->run_until([&] { return one->exchange && two->exchange; }));
    // The first one may have been free again before it was needed.
    ASSERT_TRUE(harness_->run_until([&] { return server_->resumptions() == 1; }));
    ASSERT_EQ(server_->connections(), 2U);
    clock_->later = 61min;
    EXPECT_FALSE(send().reused_connection);
    EXPECT_EQ(server_->resumptions(), 1U);
}

TEST_P(TrustLifetime, EndsWithTheTransport) {
    serve(good_visit());
    expect_resumptions(0, "first");
    // A new client trusts what its configuration says now: another authority of the same name.
    lab().make_self_signed("other", "/CN=Lab Root", CertificateLab::authority_extensions);
    TransportHarness other(
        "https://localhost:" + std::to_string(server_->port()),
        [&](InstanceConfig& instance) { instance.tls.ca_file = lab().file("other.pem"); },
        std::make_shared<LoopbackResolver>()
    );
    EXPECT_FALSE(other.exchange(send_request()).outcome);
    EXPECT_EQ(server_->resumptions(), 0U);
}

TEST_P(TrustLifetime, OfASessionDoesNotReplaceThePin) {
    Visit visit = good_visit();
    visit.client.pinned_public_key = lab().key_digest("ca");
    serve(visit);
    for (int i = 0; i < 3; ++i) expect_refused("pinned_public_key");
}

class DatesInErrors : public TrustLifetime {};

INSTANTIATE_TEST_SUITE_P(
    Over,
    DatesInErrors,
    testing::Values(TlsVersion{TLS1_3_VERSION, true, "Tls13"}),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST_P(DatesInErrors, TellThatTheClockMayBeWrong) {
    CertificateLab::Recipe recipe;
    recipe.not_before = "20260102030405Z";
    recipe.not_after = "20480102030405Z";
    // The root, which is a new one, comes first in a chain that is verified.
    Visit const below_root = visit_leaf(recipe);
    Visit anchored = below_root;
    anchored.client.ca_file = lab().file("leaf.pem");
    serve(anchored);
    auto const year = [](int number) {
        return Clock::UtcTime(std::chrono::sys_days{std::chrono::year{number} / 6 / 7});
    };
    auto const set_clock = [&](Clock::UtcTime time) {
        clock_->later_by_date =
            std::chrono::floor<std::chrono::seconds>(time - Clock::system()->utc_now());
    };
    set_clock(year(2010));
    expect_refused(
        "certificate is not yet valid: it is valid from 2026-01-02T03:04:05Z, and this machine's "
        "clock says 2010-06-0"
    );
    expect_refused("if that is wrong, set the clock");
    set_clock(year(2049));
    expect_refused(
        "certificate has expired: it was valid until 2048-01-02T03:04:05Z, and this machine's "
        "clock says 2049-06-0"
    );
    serve(below_root);
    set_clock(year(2049));
    expect_refused("certificate has expired: certificate 2 of its chain was valid until 20");
}

TEST_P(DatesInErrors, NameTheRevocationList) {
    Visit visit = good_visit();
    lab().make_revocation_list("old.crl", "ca", {}, "20200601000000Z");
    visit.client.crl_file = lab().file("old.crl");
    serve(visit);
    expect_refused(
        "CRL has expired: the list in tls.crl_file was to be renewed by 2020-06-01T00:00:00Z, and "
        "this machine's clock says 20"
    );
}

class Anchors : public DatesInErrors {
protected:
    /// What a client that trusts `ca_file` gets from a server that shows `chain`.
    std::string visit_with(std::string const& ca_file, std::string const& chain) {
        Visit visit = visit_chain(chain);
        visit.client.ca_file = lab().file(ca_file);
        serve(visit);
        auto const exchange = send();
        return exchange.outcome ? "accepted" : exchange.outcome.error().message;
    }
};

INSTANTIATE_TEST_SUITE_P(
    Over,
    Anchors,
    testing::Values(TlsVersion{TLS1_3_VERSION, true, "Tls13"}),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST_P(Anchors, MayBeAuthoritiesBelowARoot) {
    lab().make_authority("middle");
    CertificateLab::Recipe recipe;
    recipe.issuer = "middle";
    lab().make("leaf", recipe);
    lab().make("stranger", {});
    EXPECT_EQ(visit_with("middle.pem", "leaf"), "accepted");
    EXPECT_EQ(visit_with("middle.pem", "leaf middle"), "accepted");
    EXPECT_EQ(visit_with("leaf.pem", "leaf"), "accepted");
    lab().bundle("several.pem", "middle ca");
    EXPECT_EQ(visit_with("several.pem", "leaf"), "accepted");
    EXPECT_EQ(visit_with("several.pem", "stranger"), "accepted");
    EXPECT_THAT(
        visit_with("middle.pem", "stranger"),
        AllOf(
            HasSubstr("unable to get local issuer"),
            HasSubstr("its authority is not among those in tls.ca_file")
        )
    );
    EXPECT_THAT(visit_with("leaf.pem", "stranger"), HasSubstr("unable to get local issuer"));
}

TEST_P(Anchors, AreHeldToTheirDatesAndNames) {
    CertificateLab::Recipe recipe;
    recipe.not_after = "20200601000000Z";
    lab().make("late", recipe);
    EXPECT_THAT(visit_with("late.pem", "late"), HasSubstr("expired"));
    CertificateLab::Recipe named;
    named.extensions = "subjectAltName=DNS:other.vendor.test";
    lab().make("named", named);
    EXPECT_THAT(visit_with("named.pem", "named"), HasSubstr("hostname mismatch"));
}

TEST_P(Anchors, OfTheSystemAreRootsOnly) {
    lab().make_authority("middle");
    CertificateLab::Recipe recipe;
    recipe.issuer = "middle";
    lab().make("leaf", recipe);
    Variable const folder("SSL_CERT_DIR", "/nonexistent");
    auto const visit_with_system = [&](std::string const& file) {
        Variable const roots("SSL_CERT_FILE", lab().file(file));
        Visit visit = visit_chain("leaf middle");
        visit.client.ca_file.reset();
        serve(visit);
        auto const exchange = send();
        return exchange.outcome ? "accepted" : exchange.outcome.error().message;
    };
    EXPECT_EQ(visit_with_system("ca.pem"), "accepted");
    EXPECT_THAT(
        visit_with_system("middle.pem"),
        AllOf(
            HasSubstr("unable to get"),
            HasSubstr("if its authority is private, name it in "
                      "tls.ca_file")
        )
    );
}

TEST_P(Anchors, ThatAreMissingAreSaidWithWhereTheyWereSought) {
    Variable const file("SSL_CERT_FILE", "/nonexistent/file");
    Variable const folder("SSL_CERT_DIR", "/nonexistent/folder");
    Visit visit = good_visit();
    visit.client.ca_file.reset();
    serve(visit);
    expect_refused(
        "there are no certificate authorities in /nonexistent/file (SSL_CERT_FILE) and "
        "/nonexistent/folder (SSL_CERT_DIR): install"
    );
}

TEST_P(Anchors, AreLookedUpInAFolderOfHashes) {
    Variable const file("SSL_CERT_FILE", "/nonexistent/file");
    lab().run("rm -rf hashed && mkdir hashed && cp ca.pem hashed/ && openssl rehash hashed");
    Variable const folder("SSL_CERT_DIR", lab().file("hashed"));
    Visit visit = good_visit();
    visit.client.ca_file.reset();
    serve(visit);
    EXPECT_TRUE(send().outcome);
}

TEST_P(Anchors, ArePinnedByKeyAcrossANewCertificate) {
    Visit visit = good_visit();
    visit.client.pinned_public_key = lab().key_digest("leaf");
    serve(visit);
    EXPECT_TRUE(send().outcome);
    // Renewed with the same key.
    lab().write("renewed.ext", "subjectAltName=DNS:localhost");
    lab().run(
        "openssl x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -days 2 -set_serial 77"
        " -extfile renewed.ext -out leaf.pem"
    );
    lab().bundle("chain.pem", "leaf");
    serve(visit);
    EXPECT_TRUE(send().outcome);
    static_cast<void>(good_visit());
    serve(visit);
    expect_refused("pinned_public_key");
}

class OwnCertificate : public TrustLifetime {};

// With TLS 1.3 the refusal may come as a lost connection.
INSTANTIATE_TEST_SUITE_P(
    Over,
    OwnCertificate,
    testing::Values(TlsVersion{TLS1_2_VERSION, true, "Tls12"}),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST_P(OwnCertificate, IsDoubtedWhenItHasExpired) {
    CertificateLab::Recipe recipe;
    recipe.subject = "/CN=application";
    recipe.extensions = "extendedKeyUsage=clientAuth";
    recipe.not_after = "20200601000000Z";
    lab().make("application", recipe);
    Visit visit = good_visit();
    visit.server.client_authority = lab().file("ca.pem");
    visit.client.client_certificate = lab().file("application.pem");
    visit.client.client_key = lab().file("application.key");
    serve(visit);
    auto const exchange = send();
    ASSERT_FALSE(exchange.outcome);
    EXPECT_THAT(
        exchange.outcome.error().message,
        HasSubstr("the certificate in tls.client_certificate has expired at 2020-06-01T00:00:00Z")
    );
}

}  // namespace
}  // namespace otp::test
