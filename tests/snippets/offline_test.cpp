// An application's own tests without a network, as docs/testing-offline.md shows them. They run.

#include <otp/adapter/http_message.hpp>
#include <otp/mocks/mock_vendors.hpp>
#include <otp/otp.hpp>
#include <otp/testing/manual_clock.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>

namespace asio = boost::asio;

namespace {

std::filesystem::path const recordings =
    std::filesystem::path(OTP_SOURCE_DIR) / "mocks" / "recordings";

otp::ClientConfig test_config() {
    otp::InstanceConfig stytch;
    stytch.name = "stytch";
    stytch.vendor = "stytch";
    stytch.credentials.emplace("project_id", otp::Secret("project-test-not-a-real-one"));
    stytch.credentials.emplace("secret", otp::Secret("not-a-secret"));
    otp::ClientConfig config;
    config.instances.push_back(std::move(stytch));
    config.routes.push_back({"login", {"stytch"}});
    return config;
}

otp::SendOtp send_to(std::string_view phone) {
    return otp::SendOtp(otp::PhoneNumber::parse(phone).value());
}

// [snippet replay]
TEST(Login, SendsAnSms) {
    auto const replay = std::make_shared<otp::testing::Replay>(std::vector{
        otp::testing::load_recording(recordings / "stytch" / "send_sms_ok.json")});
    otp::ClientOptions options;
    options.transport = otp::testing::replay_transport_factory(replay);

    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), test_config(), std::move(options));
    auto const sent = client.async_send("login", send_to("+12025550162"), asio::use_future).get();

    EXPECT_TRUE(sent) << sent.error();
    EXPECT_TRUE(replay->unused().empty());  // every recording was asked for
    EXPECT_EQ(replay->unmatched(), 0U);     // and nothing else was
}
// [snippet end]

// [snippet scripted]
TEST(Login, GivesUpWhenTheVendorIsSilent) {
    auto const clock = std::make_shared<otp::testing::ManualClock>();
    auto const script = std::make_shared<otp::testing::Script>();
    script->add(otp::testing::ScriptedStep::silence());
    otp::ClientOptions options;
    options.clock = clock;
    options.transport = otp::testing::scripted_transport_factory(script);

    asio::io_context context;
    otp::OtpClient client(context.get_executor(), test_config(), std::move(options));
    std::optional<otp::Result<otp::SendReceipt>> sent;
    client.async_send("login", send_to("+12025550162"), [&](otp::Result<otp::SendReceipt> result) {
        sent.emplace(std::move(result));
    });
    context.poll();
    EXPECT_FALSE(sent) << "no answer yet";

    clock->advance(std::chrono::seconds(15));  // the default deadline, at once
    context.run();
    ASSERT_TRUE(sent && !*sent);
    EXPECT_EQ(sent->error().category, otp::ErrorCategory::deadline_exceeded);
    EXPECT_EQ(sent->error().delivery, otp::Delivery::unknown);  // the request had been written
}
// [snippet end]

// [snippet scripted_answer]
TEST(Login, ShowsThatTheAccountIsLocked) {
    auto const script = std::make_shared<otp::testing::Script>();
    otp::HttpResponse locked(
        429, {{"Retry-After", "60"}}, R"({"error_type":"user_lock_limit_reached"})"
    );
    script->add(otp::testing::ScriptedStep(std::move(locked)));
    otp::ClientOptions options;
    options.transport = otp::testing::scripted_transport_factory(script);

    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), test_config(), std::move(options));
    auto const sent = client.async_send("login", send_to("+12025550162"), asio::use_future).get();

    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().category, otp::ErrorCategory::recipient_throttled);
    EXPECT_EQ(sent.error().retry_after, std::chrono::seconds(60));
    EXPECT_EQ(script->requests().at(0).request.target(), "/v1/otps/sms/send");
}
// [snippet end]

// [snippet mocks]
TEST(Login, WorksAgainstTheMockVendors) {
    otp::mocks::MockVendors vendors;  // a free port of this machine
    auto config = otp::parse_config(
        vendors.example_config(), otp::VendorRegistry::built_in(), otp::ConfigSources::process()
    );
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), std::move(config).value());

    auto const sent = client.async_send("stytch", send_to("+12025550162"), asio::use_future).get();
    ASSERT_TRUE(sent) << sent.error();
    auto const code = vendors.messages("stytch", "+12025550162").at(0).code;
    otp::VerifyOtp check(sent->handle, otp::OtpCode::parse(code).value());
    EXPECT_TRUE(client.async_verify(std::move(check), asio::use_future).get()->approved());

    // A reserved recipient: the vendor obeys, and the connection breaks before the answer.
    auto const lost = client.async_send("stytch", send_to("+12025550158"), asio::use_future).get();
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().delivery, otp::Delivery::unknown);
}
// [snippet end]

}  // namespace
