// An application's own tests without a network, as docs/testing-offline.md shows them. They run.

#include <otp/adapter/http_message.hpp>
#include <otp/mocks/scoped_mock_vendors.hpp>
#include <otp/otp.hpp>
#include <otp/testing/manual_clock.hpp>
#include <otp/testing/matchers.hpp>
#include <otp/testing/recordings.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/scripted_transport.hpp>
#include <otp/testing/simulator.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace asio = boost::asio;

namespace {

using namespace std::chrono_literals;
using otp::testing::FailedWith;
using otp::testing::IsAccepted;
using otp::testing::WasApproved;
using otp::testing::WasDenied;

// [snippet test_config]
otp::ClientConfig test_config() {
    auto const* const text = R"({
        "version": 1,
        "allow_inline_secrets": true,
        "instances": {
            "main": {
                "vendor": "stytch",
                "credentials": { "project_id": "project-test-fake", "secret": "fake" }
            }
        },
        "routes": { "login": { "use": ["main"] } }
    })";
    return otp::parse_config(text, otp::VendorRegistry::built_in(), {}).value();
}
// [snippet end]

// [snippet login]
otp::Result<otp::SendReceipt> ask_for_code(otp::OtpClient& client, std::string_view phone) {
    otp::SendOtp request(otp::PhoneNumber::parse(phone).value());
    return client.async_send("login", std::move(request), asio::use_future).get();
}

otp::Result<otp::Verification> enter_code(
    otp::OtpClient& client, otp::VerificationHandle const& handle, std::string_view code
) {
    otp::VerifyOtp request(handle, otp::OtpCode::parse(code).value());
    return client.async_verify(std::move(request), asio::use_future).get();
}
// [snippet end]

// [snippet mocks]
TEST(OfflineLogin, AgainstTheMockVendors) {
    otp::mocks::ScopedMockVendors vendors;  // five vendors on a free port, gone with the scope
    auto client = vendors.client();         // the route `login` asks all five, in order

    auto const sent = ask_for_code(client, "+12025550162");
    ASSERT_THAT(sent, IsAccepted());
    auto const code = vendors.code_for("+12025550162");
    EXPECT_THAT(enter_code(client, sent->handle, code), WasApproved());
    EXPECT_THAT(enter_code(client, sent->handle, code), WasDenied()) << "a code works once";

    // The answer gets lost: a code may be on its way, so no other vendor is asked.
    vendors.fail_next(sent->handle.vendor(), "cut");
    EXPECT_THAT(
        ask_for_code(client, "+12025550162"),
        FailedWith(otp::ErrorCategory::connection_lost, otp::Delivery::unknown)
    );

    auto const again = ask_for_code(client, "+12025550162");
    ASSERT_THAT(again, IsAccepted());
    vendors.advance_clock(11min);  // nobody waits for a code to expire
    auto const expired = vendors.code_for("+12025550162");
    EXPECT_THAT(enter_code(client, again->handle, expired), WasDenied());
}
// [snippet end]

// [snippet simulator]
TEST(OfflineLogin, WithTheSimulator) {
    otp::testing::Simulator phone;  // the phone in the test's hand
    otp::ClientOptions options;
    options.vendors = otp::testing::registry_with_simulator(phone);
    auto const* const text = R"({
        "version": 1,
        "instances": { "main": { "vendor": "simulator" } },
        "routes": { "login": { "use": ["main"] } }
    })";
    auto config = otp::parse_config(text, options.vendors, {}).value();
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), std::move(config), std::move(options));

    auto const sent = ask_for_code(client, "+12025550162");
    ASSERT_THAT(sent, IsAccepted());
    auto const message = phone.wait("+12025550162", 1s);
    ASSERT_TRUE(message);
    EXPECT_THAT(enter_code(client, sent->handle, message->code), WasApproved());
}
// [snippet end]

// [snippet scripted_answer]
TEST(OfflineLogin, ByAScript) {
    auto const script = std::make_shared<otp::testing::Script>();
    auto const answer = [&](int status, char const* body) {
        script->add(otp::testing::ScriptedStep(otp::HttpResponse(status, {}, body)));
    };
    answer(200, R"({"status_code":200,"request_id":"r1","user_id":"u1","phone_id":"p1"})");
    answer(404, R"({"status_code":404,"error_type":"otp_code_not_found"})");
    answer(200, R"({"status_code":200,"request_id":"r3","user_id":"u1","method_id":"p1"})");
    answer(429, R"({"status_code":429,"error_type":"user_lock_limit_reached"})");
    otp::ClientOptions options;
    options.transport = otp::testing::scripted_transport_factory(script);
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), test_config(), std::move(options));

    auto const sent = ask_for_code(client, "+12025550162");
    ASSERT_THAT(sent, IsAccepted());
    EXPECT_THAT(
        enter_code(client, sent->handle, "000000"), WasDenied(otp::VerificationOutcome::wrong_code)
    );
    EXPECT_THAT(enter_code(client, sent->handle, "123456"), WasApproved());
    EXPECT_THAT(
        ask_for_code(client, "+12025550162"),
        FailedWith(otp::ErrorCategory::recipient_throttled, otp::Delivery::not_sent)
    );
    EXPECT_EQ(script->requests().at(0).request.target(), "/v1/otps/sms/send");
}
// [snippet end]

// [snippet replay]
TEST(OfflineLogin, ByRecordings) {
    auto const replay = std::make_shared<otp::testing::Replay>(
        otp::testing::recordings("stytch", {"send_sms_ok", "verify_404_wrong_code", "verify_ok"})
    );
    otp::ClientOptions options;
    options.transport = otp::testing::replay_transport_factory(replay);
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), test_config(), std::move(options));

    auto const sent = ask_for_code(client, "+12025550162");
    ASSERT_THAT(sent, IsAccepted());
    EXPECT_THAT(enter_code(client, sent->handle, "123456"), WasDenied());    // as it was recorded,
    EXPECT_THAT(enter_code(client, sent->handle, "123456"), WasApproved());  // in this order

    EXPECT_TRUE(replay->unused().empty());  // every recording was asked for,
    EXPECT_EQ(replay->unmatched(), 0U);     // and nothing else was
}
// [snippet end]

// [snippet scripted]
TEST(OfflineLogin, GivesUpWhenTheVendorIsSilent) {
    auto const clock = std::make_shared<otp::testing::ManualClock>();
    auto const script = std::make_shared<otp::testing::Script>();
    script->add(otp::testing::ScriptedStep::silence());
    otp::ClientOptions options;
    options.clock = clock;
    options.transport = otp::testing::scripted_transport_factory(script);

    asio::io_context context;
    otp::OtpClient client(context.get_executor(), test_config(), std::move(options));
    std::optional<otp::Result<otp::SendReceipt>> sent;
    client.async_send(
        "login",
        otp::SendOtp(otp::PhoneNumber::parse("+12025550162").value()),
        [&](otp::Result<otp::SendReceipt> result) { sent.emplace(std::move(result)); }
    );
    context.poll();
    ASSERT_FALSE(sent) << "no answer yet";

    clock->advance(15s);  // the default deadline, at once
    context.run();
    ASSERT_TRUE(sent);
    // The request had been written, so a code may be on its way.
    EXPECT_THAT(*sent, FailedWith(otp::ErrorCategory::deadline_exceeded, otp::Delivery::unknown));
}
// [snippet end]

}  // namespace
