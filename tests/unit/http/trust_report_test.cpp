#include "support/certificate_authority.hpp"
#include "support/variable.hpp"

#include <otp/trust_report.hpp>

#include <chrono>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

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
        report.warnings,
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
    EXPECT_THAT(report.warnings, IsEmpty());
}

TEST(TrustReport, SaysThatAFolderHasNoHashes) {
    TemporaryDirectory const plain;
    std::filesystem::copy_file(test_authority().ca_file(), plain.path() / "authority.pem");
    Variable const file("SSL_CERT_FILE", "/nonexistent");
    Variable const folder("SSL_CERT_DIR", plain.path());
    auto const report = report_trust({}, now());
    EXPECT_THAT(report.sources.back().problem, HasSubstr("openssl rehash"));
    EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("no certificate authorities")));
}

TEST(TrustReport, LeavesTheEnvironmentAloneWhereTheConfigurationNamesAFile) {
    Variable const file("SSL_CERT_FILE", "/nonexistent");
    auto const report = report_of_ca_file(test_authority().ca_file());
    ASSERT_EQ(report.sources.size(), 1U);
    EXPECT_EQ(report.sources[0].named_by, "tls.ca_file");
    EXPECT_EQ(report.sources[0].certificates, 1U);
    EXPECT_EQ(report.sources[0].expired, 0U);
    EXPECT_EQ(report.sources[0].problem, "");
    EXPECT_THAT(report.warnings, IsEmpty());
}

TEST(TrustReport, CountsWhatHasExpired) {
    auto const report = report_of_ca_file(test_authority().ca_file(), now() + std::chrono::days(3));
    EXPECT_EQ(report.sources[0].expired, 1U);
    EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("have expired")));
}

TEST(TrustReport, WarnsOfAPrivateKeyAmongTheAuthorities) {
    test_authority().run("pkey -in ca.key -out both.pem && cat ca.pem >> both.pem && true");
    auto const report = report_of_ca_file(test_authority().file("both.pem"));
    EXPECT_EQ(report.certificates(), 1U);
    EXPECT_THAT(report.warnings, ElementsAre(HasSubstr("private key")));
}

TEST(TrustReport, WarnsOfTheClientCertificatesEnd) {
    TlsConfig tls;
    tls.ca_file = test_authority().ca_file();
    // It has two days.
    tls.client_certificate = test_authority().certificate();
    auto const soon = report_trust(tls, now());
    EXPECT_THAT(soon.warnings, ElementsAre(HasSubstr("will expire at 20")));
    auto const late = report_trust(tls, now() + std::chrono::days(3));
    EXPECT_THAT(
        late.warnings,
        testing::Contains(AllOf(
            HasSubstr("The client certificate"),
            HasSubstr("has expired at 20"),
            HasSubstr("this machine's clock says 20"),
            HasSubstr("server.pem")
        ))
    );
    auto const early = report_trust(tls, now() - std::chrono::days(30));
    EXPECT_THAT(early.warnings, ElementsAre(HasSubstr("is not valid before 20")));
}

TEST(TrustReport, ShowsNoSecret) {
    test_authority().run("pkey -in ca.key -out secret.pem");
    for (auto const& warning : report_of_ca_file(test_authority().file("secret.pem")).warnings)
        EXPECT_THAT(warning, Not(HasSubstr("BEGIN")));
}

}  // namespace
}  // namespace otp::test
