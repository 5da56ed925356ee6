// Servers whose certificate or TLS is not in order: each is refused before the first byte of a
// request, and each for its own reason.

#include "delivery/decide/classify.hpp"
#include "integration/wire/certificate_kinds.hpp"
#include "support/transport_harness.hpp"

#include <openssl/ssl.h>

#include <cstdio>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

using testing::HasSubstr;

void expect_refused(Visit const& visit, char const* reason) {
    auto const [exchange, application_bytes] = go(visit);
    ASSERT_TRUE(exchange.outcome.has_error()) << "accepted";
    auto const& error = exchange.outcome.error();
    EXPECT_EQ(error.category, ErrorCategory::tls_failed) << error.message;
    EXPECT_THAT(error.message, HasSubstr(reason));
    EXPECT_EQ(exchange.bytes_taken, 0U);
    EXPECT_EQ(delivery::classify_failure(exchange), Delivery::not_sent);
    EXPECT_EQ(application_bytes, 0U);
}

void expect_accepted(Visit const& visit) {
    auto const [exchange, application_bytes] = go(visit);
    ASSERT_TRUE(exchange.outcome) << exchange.outcome.error();
    EXPECT_EQ(exchange.outcome->status, 200);
    EXPECT_GT(application_bytes, 0U);
}

TEST(BadCertificates, AreRefusedBeforeTheFirstByte) {
    std::size_t kinds = 0;
    for (auto const& kind : bad_certificates()) {
        for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            if (kind.only_version != 0 && kind.only_version != version) continue;
            SCOPED_TRACE(
                std::string(kind.name) + (version == TLS1_2_VERSION ? ", TLS 1.2" : ", TLS 1.3")
            );
            EXPECT_NO_THROW({
                Visit visit = kind.prepare();
                visit.server.min_version = visit.server.max_version = version;
                expect_refused(visit, kind.reason);
            });
        }
        ++kinds;
    }
    std::printf("%zu kinds of certificates\n", kinds);
    EXPECT_GE(kinds, 30U);
}

TEST(BadServers, AreRefusedBeforeTheFirstByte) {
    for (auto const& kind : bad_servers()) {
        SCOPED_TRACE(kind.name);
        expect_refused(kind.prepare(), kind.reason);
    }
}

TEST(BadServers, ThatDoNotSpeakTlsAreSentNothing) {
    for (std::string const answer :
         {"",
          "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
          "220 mail.vendor.test\r\n"}) {
        SCOPED_TRACE(answer);
        std::string received;
        {
            ScriptedServer const server([&](Peer& peer, std::size_t) {
                received = peer.read_some();
                peer.write(answer);
                peer.finish();
                for (auto more = peer.read_some(); !more.empty(); more = peer.read_some()) {
                    received += more;
                }
            });
            TransportHarness harness("https://localhost:" + std::to_string(server.port()));
            auto const exchange = harness.exchange(send_request());
            ASSERT_TRUE(exchange.outcome.has_error());
            EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::tls_failed);
            EXPECT_EQ(exchange.bytes_taken, 0U);
        }
        EXPECT_THAT(received, Not(HasSubstr("phone_number")));
    }
}

TEST(GoodCertificates, AreAccepted) {
    for (auto const& kind : good_ones()) {
        SCOPED_TRACE(kind.name);
        Visit visit = kind.prepare();
        for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            SCOPED_TRACE(version == TLS1_2_VERSION ? "TLS 1.2" : "TLS 1.3");
            visit.server.min_version = visit.server.max_version = version;
            expect_accepted(visit);
        }
    }
}

/// A server that demands a certificate of the lab from its clients.
Visit demanding_visit(int version) {
    Visit visit = good_visit();
    visit.server.client_authority = lab().file("ca.pem");
    visit.server.min_version = visit.server.max_version = version;
    return visit;
}

void show(Visit& visit, std::string const& issuer) {
    CertificateLab::Recipe recipe;
    recipe.issuer = issuer;
    recipe.subject = "/CN=application";
    recipe.extensions = "extendedKeyUsage=clientAuth";
    lab().make("application", recipe);
    visit.client.client_certificate = lab().file("application.pem");
    visit.client.client_key = lab().file("application.key");
}

TEST(ClientCertificate, IsAcceptedByAServerThatDemandsOne) {
    for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        Visit visit = demanding_visit(version);
        show(visit, "ca");
        expect_accepted(visit);
    }
}

// With TLS 1.3 the client's handshake succeeds before the server has looked at the certificate, so
// the request may be on its way when the refusal comes.
TEST(ClientCertificate, IsMissedWithoutALieAboutTheDelivery) {
    lab().make_self_signed("other", "/CN=Other Root", CertificateLab::authority_extensions);
    for (bool const wrong_one : {false, true}) {
        for (int const version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
            SCOPED_TRACE(version);
            Visit visit = demanding_visit(version);
            if (wrong_one) show(visit, "other");
            auto const [exchange, application_bytes] = go(visit);
            ASSERT_TRUE(exchange.outcome.has_error());
            EXPECT_EQ(application_bytes, 0U);
            if (version == TLS1_2_VERSION) {
                EXPECT_EQ(exchange.outcome.error().category, ErrorCategory::tls_failed);
                EXPECT_EQ(exchange.bytes_taken, 0U);
            } else {
                EXPECT_EQ(
                    delivery::classify_failure(exchange),
                    exchange.bytes_taken == 0 ? Delivery::not_sent : Delivery::unknown
                );
            }
        }
    }
}

}  // namespace
}  // namespace otp::test
