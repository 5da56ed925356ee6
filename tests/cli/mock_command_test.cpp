// `otp mock` and `otp send` as two processes that know each other by a printed configuration only.

#include "cli/support/mock_setup.hpp"
#include "support/certificate_authority.hpp"

#include <otp/mocks/reserved_recipients.hpp>

#include <csignal>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp::test {
namespace {

using testing::HasSubstr;

/// The configuration that follows the first line; empty if it is not complete.
[[nodiscard]] std::string printed_config(Subprocess& mock) {
    if (!mock.wait_for_output("\n}\n")) return {};
    auto const& output = mock.output();
    return output.substr(output.find('\n') + 1);
}

TEST(MockCommand, prints_its_address_and_a_configuration_that_works) {
    TemporaryDirectory const folder;
    Subprocess mock(OTP_PROGRAM, {"mock", "--print-config"});
    auto const config = folder.write("otp.json", printed_config(mock)).string();
    EXPECT_THAT(mock.output(), testing::StartsWith("listening on http://127.0.0.1:"));
    auto const handle = (folder.path() / "handle.json").string();
    for (auto const* vendor : all_vendors) {
        auto const sent = otp_program(
            std::vector<std::string>{"send", "--config", config, "--route", vendor} +
            example_person() + std::vector<std::string>{"--handle-out", handle}
        );
        EXPECT_EQ(sent.status, 0) << vendor << sent.err;
    }
    mock.send_signal(SIGTERM);
    EXPECT_EQ(mock.wait().status, 0);
}

TEST(MockCommand, serves_tls_with_the_given_certificate) {
    TemporaryDirectory const folder;
    auto const& authority = test_authority();
    Subprocess mock(
        OTP_PROGRAM,
        {"mock",
         "--tls-cert",
         authority.certificate().string(),
         "--tls-key",
         authority.key().string(),
         "--tls-ca",
         authority.ca_file().string(),
         "--port",
         "0",
         "--print-config"}
    );
    auto const config = folder.write("otp.json", printed_config(mock)).string();
    EXPECT_THAT(mock.output(), testing::StartsWith("listening on https://127.0.0.1:"));
    auto const sent =
        otp_program({"send", "--config", config, "--route", "stytch", "--phone", "+12025550162"});
    EXPECT_EQ(sent.status, 0) << sent.err;
    mock.send_signal(SIGINT);
    EXPECT_EQ(mock.wait().status, 0);
}

TEST(MockCommand, is_not_trusted_without_its_certificate) {
    MockSetup setup(MockSetup::Security::tls);
    auto const config =
        setup.write("untrusting.json", mocks::example_config(setup.vendors().origin()));
    auto const sent =
        otp_program({"send", "--config", config, "--route", "stytch", "--phone", "+12025550162"});
    EXPECT_EQ(sent.status, 1);
    EXPECT_THAT(sent.err, HasSubstr("tls_failed"));
    EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
}

TEST(MockCommand, says_when_its_port_is_taken) {
    MockSetup setup;
    auto const taken = std::to_string(setup.vendors().port());
    auto const refused = otp_program({"mock", "--port", taken});
    EXPECT_EQ(refused.status, 2);
    EXPECT_EQ(refused.out, "");
}

TEST(MockCommand, lists_the_reserved_recipients) {
    auto const help = otp_program({"mock", "--help"});
    for (auto const& reserved : mocks::reserved_recipients()) {
        EXPECT_THAT(help.out, HasSubstr("  " + std::string(reserved.recipient) + "  "));
    }
    EXPECT_THAT(help.out, HasSubstr("000000"));
}

}  // namespace
}  // namespace otp::test
