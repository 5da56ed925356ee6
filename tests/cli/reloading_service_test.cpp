// The example of a service whose secret rotates while it runs.

#include "cli/support/mock_setup.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Built here, or, if the environment names its folder, by a stranger's project.
std::string program() {
    auto const* const folder = std::getenv("OTP_EXAMPLES");
    return std::string(folder != nullptr ? folder : OTP_EXAMPLES) + "/example_reloading_service";
}

/// Exchanged at once, as whoever rotates secrets should.
void write_secret(MockSetup const& setup, std::string_view secret) {
    fs::path const next = setup.write("next", secret);
    fs::permissions(next, fs::perms::owner_read | fs::perms::owner_write);
    fs::rename(next, setup.file("secret"));
}

/// The configuration, with Stytch's secret in a file.
std::string config_with_secret_file(MockSetup const& setup) {
    auto config = boost::json::parse(setup.read("otp.json"));
    config.at("instances").at("stytch").at("credentials").as_object()["secret"] = "${file:secret}";
    return boost::json::serialize(config);
}

TEST(ReloadingService, sends_with_the_secret_of_now) {
    MockSetup setup(MockSetup::Security::tls);
    setup.point_login_at("stytch");
    auto const config = config_with_secret_file(setup);
    static_cast<void>(setup.write("otp.json", config));
    write_secret(setup, "revoked-secret");

    Subprocess process(program(), {setup.config()});
    ASSERT_TRUE(process.wait_for_output("reloaded: 0 added, 0 replaced, 0 removed"));
    process.write("+12025550162\n");
    ASSERT_TRUE(process.wait_for_output("unauthenticated")) << process.output();
    write_secret(setup, mocks::MockCredentials().stytch_secret);
    ASSERT_TRUE(process.wait_for_output("reloaded: 0 added, 1 replaced, 0 removed"));
    process.write("+12025550162\n");
    ASSERT_TRUE(process.wait_for_output("sent by stytch")) << process.output();
    EXPECT_EQ(setup.messages("stytch"), 1U);

    static_cast<void>(setup.write("otp.json", "{"));
    ASSERT_TRUE(process.wait_for_output("not reloaded: "));
    process.write("12025550162\n+12025550162\n");
    auto const finished = process.wait();
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("invalid_recipient"));
    EXPECT_EQ(setup.messages("stytch"), 2U);
}

}  // namespace
}  // namespace otp::test
