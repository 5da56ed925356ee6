#include "support/certificate_authority.hpp"
#include "support/variable.hpp"

#include <otp/seam/clock.hpp>
#include <otp/trust_report.hpp>

#include <chrono>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Clock::UtcTime now() {
    return Clock::system()->utc_now();
}

TrustReport report_of_ca_file(std::filesystem::path const& file, Clock::UtcTime when = now()) {
    TlsConfig tls;
    tls.ca_file = file;
    return report_trust(tls, when);
}

std::vector<std::string> messages(TrustReport const& report) {
    std::vector<std::string> all;
    for (auto const& warning : report.warnings) all.push_back(warning.message);
    return all;
}

/// `/crl_file fails`, `/ca_file`.
std::vector<std::string> verdicts(TrustReport const& report) {
    std::vector<std::string> all;
    for (auto const& warning : report.warnings) {
        all.push_back(warning.pointer + (warning.prevents_sending ? " fails" : ""));
    }
    return all;
}

TEST(TrustReport, NamesThePlacesWhereNothingIs) {
    Variable const file("SSL_CERT_FILE", "/nonexistent/file");
    Variable const folder("SSL_CERT_DIR", "/nonexistent/one:/nonexistent/two");
    auto const report = report_trust({}, now());
    ASSERT_EQ(report.sources.size(), 3U);
    EXPECT_EQ(report.sources[0].kind, AuthoritySource::Kind::file);
    EXPECT_EQ(report.sources[0].path.string(), "/nonexistent/file");
    EXPECT_EQ(report.sources[0].named_by, "SSL_CERT_FILE");
    EXPECT_EQ(report.sources[0].problem, "No such file or directory");
    EXPECT_EQ(report.sources[1].kind, AuthoritySource::Kind::folder);
    EXPECT_EQ(report.sources[1].path.string(), "/nonexistent/one");
    EXPECT_EQ(report.sources[2].path.string(), "/nonexistent/two");
    EXPECT_EQ(report.sources[2].named_by, "SSL_CERT_DIR");
    EXPECT_EQ(report.sources[2].problem, "No such file or directory");
    EXPECT_EQ(report.certificates(), 0U);
    EXPECT_THAT(
        messages(report),
        ElementsAre(AllOf(
            HasSubstr("no certificate authorities"),
            HasSubstr("/nonexistent/file (SSL_CERT_FILE), /nonexistent/one (SSL_CERT_DIR) and "
                      "/nonexistent/two (SSL_CERT_DIR)"),
            HasSubstr("ca-certificates"),
            HasSubstr("tls.ca_file")
        ))
    );
}

TEST(TrustReport, CountsWhatIsInTheEnvironmentsFileAndFolder) {
    TemporaryDirectory const hashed;
    std::filesystem::copy_file(test_authority().ca_file(), hashed.path() / "0123abcd.0");
    // OpenSSL does not find it by its own name.
    std::filesystem::copy_file(test_authority().ca_file(), hashed.path() / "authority.pem");
    Variable const file("SSL_CERT_FILE", test_authority().ca_file());
    Variable const folder("SSL_CERT_DIR", hashed.path());
    auto const report = report_trust({}, now());
    ASSERT_EQ(report.sources.size(), 2U);
    EXPECT_EQ(report.sources[0].certificates, 1U);
    EXPECT_EQ(report.sources[1].certificates, 1U);
    EXPECT_EQ(report.certificates(), 2U);
    EXPECT_THAT(messages(report), IsEmpty());
}

TEST(TrustReport, SaysThatAFolderHasNoHashes) {
    TemporaryDirectory const plain;
    std::filesystem::copy_file(test_authority().ca_file(), plain.path() / "authority.pem");
    Variable const file("SSL_CERT_FILE", "/nonexistent");
    Variable const folder("SSL_CERT_DIR", plain.path());
    auto const report = report_trust({}, now());
    EXPECT_THAT(report.sources.back().problem, HasSubstr("openssl rehash"));
    EXPECT_THAT(messages(report), ElementsAre(HasSubstr("no certificate authorities")));
}

TEST(TrustReport, LeavesTheEnvironmentAloneWhereTheConfigurationNamesAFile) {
    Variable const file("SSL_CERT_FILE", "/nonexistent");
    auto const report = report_of_ca_file(test_authority().ca_file());
    ASSERT_EQ(report.sources.size(), 1U);
    EXPECT_EQ(report.sources[0].named_by, "tls.ca_file");
    EXPECT_EQ(report.sources[0].certificates, 1U);
    EXPECT_EQ(report.sources[0].expired, 0U);
    EXPECT_EQ(report.sources[0].problem, "");
    EXPECT_THAT(messages(report), IsEmpty());
}

TEST(TrustReport, CountsWhatHasExpired) {
    auto const report = report_of_ca_file(test_authority().ca_file(), now() + std::chrono::days(3));
    EXPECT_EQ(report.sources[0].expired, 1U);
    EXPECT_THAT(
        messages(report),
        ElementsAre(AllOf(
            HasSubstr("The only certificate authority"),
            HasSubstr("has expired; this machine's clock says 20")
        ))
    );
}

TEST(TrustReport, WarnsOfAuthoritiesThatAreNotValidYet) {
    auto const early =
        report_of_ca_file(test_authority().ca_file(), now() - std::chrono::days(3650));
    EXPECT_EQ(early.sources[0].not_yet_valid, 1U);
    EXPECT_EQ(early.sources[0].expired, 0U);
    EXPECT_THAT(
        messages(early),
        ElementsAre(
            AllOf(HasSubstr("The only certificate authority"), HasSubstr("is not valid yet"))
        )
    );
    EXPECT_THAT(verdicts(early), ElementsAre(" fails"));
    EXPECT_EQ(report_of_ca_file(test_authority().ca_file()).sources[0].not_yet_valid, 0U);
}

TEST(TrustReport, WarnsOfAPrivateKeyAmongTheAuthorities) {
    test_authority().run("pkey -in ca.key -out both.pem && cat ca.pem >> both.pem && true");
    auto const report = report_of_ca_file(test_authority().file("both.pem"));
    EXPECT_EQ(report.certificates(), 1U);
    EXPECT_THAT(messages(report), ElementsAre(HasSubstr("private key")));
}

TEST(TrustReport, WarnsOfTheClientCertificatesEnd) {
    TlsConfig tls;
    tls.ca_file = test_authority().ca_file();
    // It has two days.
    tls.client_certificate = test_authority().certificate();
    auto const soon = report_trust(tls, now());
    EXPECT_THAT(messages(soon), ElementsAre(HasSubstr("will expire at 20")));
    auto const late = report_trust(tls, now() + std::chrono::days(3));
    EXPECT_THAT(
        messages(late),
        testing::Contains(AllOf(
            HasSubstr("The client certificate"),
            HasSubstr("has expired at 20"),
            HasSubstr("this machine's clock says 20"),
            HasSubstr("server.pem")
        ))
    );
    auto const early = report_trust(tls, now() - std::chrono::days(30));
    EXPECT_THAT(
        messages(early),
        ElementsAre(HasSubstr("is not valid yet"), HasSubstr("is not valid before 20"))
    );
}

TEST(TrustReport, TellsWhatWillFailFromWhatIsWorthAWord) {
    auto const in = [](int days) { return now() + std::chrono::days(days); };
    TlsConfig tls;
    tls.ca_file = test_authority().ca_file();
    tls.crl_file = test_authority().make_revocation_list();
    EXPECT_THAT(verdicts(report_trust(tls, now())), ElementsAre("/crl_file"));
    EXPECT_THAT(verdicts(report_trust(tls, in(60))), ElementsAre(" fails", "/crl_file fails"));
    tls.crl_file.reset();
    tls.client_certificate = test_authority().certificate();
    EXPECT_THAT(verdicts(report_trust(tls, now())), ElementsAre("/client_certificate"));
    EXPECT_THAT(
        verdicts(report_trust(tls, in(-30))), ElementsAre(" fails", "/client_certificate fails")
    );
    EXPECT_THAT(
        verdicts(report_trust(tls, in(3))), ElementsAre(" fails", "/client_certificate fails")
    );
    tls.client_certificate.reset();
    test_authority().run("pkey -in ca.key -out keyed.pem && cat ca.pem >> keyed.pem && true");
    tls.ca_file = test_authority().file("keyed.pem");
    EXPECT_THAT(verdicts(report_trust(tls, now())), ElementsAre("/ca_file"));
}

TEST(TrustReport, WarnsOfAVariableThatIsASlip) {
    TemporaryDirectory const hashed;
    std::filesystem::copy_file(test_authority().ca_file(), hashed.path() / "0123abcd.0");
    Variable const folder("SSL_CERT_DIR", hashed.path());
    for (auto const& [value, message] : std::map<std::string, std::string>{
             {"/nonexistent/typo.pem",
              "SSL_CERT_FILE names /nonexistent/typo.pem, where there are no certificates: No such "
              "file or directory."},
             {"", "SSL_CERT_FILE is empty, so that no certificates are read for it."}}) {
        Variable const file("SSL_CERT_FILE", value);
        auto const report = report_trust({}, now());
        EXPECT_THAT(messages(report), ElementsAre(message));
        EXPECT_THAT(verdicts(report), ElementsAre(""));
    }
}

TEST(TrustReport, ShowsNoSecret) {
    test_authority().run("pkey -in ca.key -out secret.pem");
    for (auto const& message : messages(report_of_ca_file(test_authority().file("secret.pem")))) {
        EXPECT_THAT(message, Not(HasSubstr("BEGIN")));
    }
}

}  // namespace
}  // namespace otp::test
