// One scope of mock vendors for one test, with a client of the SDK.

#include "support/variable.hpp"

#include <otp/mocks/scoped_mock_vendors.hpp>
#include <otp/testing/matchers.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <future>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

using namespace std::chrono_literals;
using boost::asio::use_future;
using otp::testing::FailedWith;
using otp::testing::IsAccepted;
using otp::testing::WasApproved;
using otp::testing::WasDenied;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

constexpr std::string_view someone = "+12025550162";

Result<SendReceipt> send(OtpClient& client, std::string const& route = "stytch") {
    SendOtp request(PhoneNumber::parse(someone).value());
    return client.async_send(route, std::move(request), use_future).get();
}

Result<Verification> verify(
    OtpClient& client, VerificationHandle const& handle, std::string_view code
) {
    VerifyOtp request(handle, OtpCode::parse(code).value());
    return client.async_verify(std::move(request), use_future).get();
}

TEST(ScopedMockVendors, ServeAWholeLogin) {
    MockOptions options;
    options.seed = 1;  // no code of zeros
    ScopedMockVendors vendors(options);
    auto client = vendors.client();
    auto const sent = send(client, "login");
    ASSERT_THAT(sent, IsAccepted());
    EXPECT_THAT(verify(client, sent->handle, "000000"), WasDenied());
    EXPECT_THAT(verify(client, sent->handle, vendors.code_for(someone)), WasApproved());
    EXPECT_THAT(vendors.mock().messages(), SizeIs(1));
}

TEST(ScopedMockVendors, AreConfiguredForTheirOwnPorts) {
    MockOptions options;
    options.vendor_ports_from = 0;
    ScopedMockVendors vendors(options);
    auto const config = vendors.config();
    ASSERT_NE(config.find_instance("eko"), nullptr);
    EXPECT_EQ(config.find_instance("eko")->base_url, vendors.mock().origin_of("eko"));
    EXPECT_NE(config.find_route("login"), nullptr);
}

TEST(ScopedMockVendors, DoNotDisturbEachOther) {
    ScopedMockVendors vendors;
    ScopedMockVendors others;
    auto client = vendors.client();
    others.fail({}, "html_502");
    others.advance_clock(60min);
    ASSERT_THAT(send(client), IsAccepted());
    EXPECT_THAT(others.mock().messages(), IsEmpty());
}

TEST(ScopedMockVendors, AreGoneAfterwards) {
    auto config = [] { return ScopedMockVendors().config(); }();
    boost::asio::thread_pool pool(1);
    OtpClient client(pool.get_executor(), std::move(config));
    EXPECT_THAT(send(client), FailedWith(ErrorCategory::connect_failed, Delivery::not_sent));
}

TEST(ScopedMockVendors, HeedNoVariable) {
    test::Variable const variable("OTP_ROUTE_STYTCH", "eko");
    ScopedMockVendors vendors;
    auto client = vendors.client();
    auto const sent = send(client);
    ASSERT_THAT(sent, IsAccepted());
    EXPECT_EQ(sent->handle.instance(), "stytch");
}

TEST(ScopedMockVendors, EndWhileAnOperationWaits) {
    auto vendors = std::make_unique<ScopedMockVendors>();
    std::optional client = vendors->client();
    vendors->fail("stytch", "stall");
    SendOtp request(PhoneNumber::parse(someone).value());
    auto future = client->async_send("stytch", std::move(request), use_future);
    ASSERT_TRUE(vendors->mock().wait_until_held(1));
    client.reset();
    vendors.reset();
    EXPECT_EQ(future.wait_for(0s), std::future_status::ready);
}

TEST(ScopedMockVendors, FailUntilTheyRecover) {
    ScopedMockVendors vendors;
    auto client = vendors.client();
    vendors.fail("stytch", "cut");
    for (int time = 0; time < 2; ++time) {
        EXPECT_THAT(send(client), FailedWith(ErrorCategory::connection_lost, Delivery::unknown));
    }
    EXPECT_THAT(send(client, "loyaltydog"), IsAccepted()) << "a fault is one vendor's";
    vendors.recover();
    EXPECT_THAT(send(client), IsAccepted());
}

TEST(ScopedMockVendors, FailSoManyTimes) {
    ScopedMockVendors vendors;
    auto client = vendors.client();
    vendors.fail_next("stytch", "unauthorized_credentials");
    EXPECT_THAT(send(client), FailedWith(ErrorCategory::unauthenticated));
    ASSERT_THAT(send(client), IsAccepted());
    vendors.fail_next("stytch", "unauthorized_credentials", 2);
    EXPECT_THAT(send(client), Not(IsAccepted()));
    EXPECT_THAT(send(client), Not(IsAccepted()));
    EXPECT_THAT(send(client), IsAccepted());
}

TEST(ScopedMockVendors, NameTheNearestFault) {
    ScopedMockVendors vendors;
    EXPECT_THAT(
        [&] { vendors.fail("stytch", "unauthorized_credential"); },
        ThrowsMessage<std::invalid_argument>(HasSubstr("unauthorized_credentials"))
    );
    EXPECT_THAT(
        [&] { vendors.fail_next("stych", "unauthorized_credentials"); },
        ThrowsMessage<std::invalid_argument>(HasSubstr("stytch"))
    );
}

TEST(ScopedMockVendors, LetACodeExpire) {
    ScopedMockVendors vendors;
    auto client = vendors.client();
    auto const sent = send(client);
    ASSERT_THAT(sent, IsAccepted());
    vendors.advance_clock(11min);
    EXPECT_THAT(
        verify(client, sent->handle, vendors.code_for(someone)),
        WasDenied(VerificationOutcome::expired)
    );
}

TEST(ScopedMockVendors, SayWhatCameInPlaceOfACode) {
    MockOptions options;
    options.seed = 1;  // a code that no other digits here are
    ScopedMockVendors vendors(options);
    auto client = vendors.client();
    ASSERT_THAT(send(client), IsAccepted());
    vendors.fail_next("stytch", "unauthorized_credentials");
    ASSERT_THAT(send(client), Not(IsAccepted()));
    auto const code = vendors.code_for(someone);
    EXPECT_THAT(
        [&] { (void)vendors.code_for("+12025550163", 1ms); },
        ThrowsMessage<std::runtime_error>(AllOf(
            HasSubstr("no code for +12025550163 came within 1 ms"),
            HasSubstr("newest first:\n    stytch, sms to +12025550162, pending"),
            HasSubstr(
                "\n    stytch POST /v1/otps/sms/login_or_create for +12025550162: 401, by a fault"
            ),
            HasSubstr("\n    stytch POST /v1/otps/sms/login_or_create for +12025550162: 200"),
            Not(HasSubstr(code))
        ))
    );
}

TEST(ScopedMockVendors, SayThatNobodyAskedThem) {
    ScopedMockVendors const vendors;
    EXPECT_THAT(
        [&] { (void)vendors.code_for(someone, 0ms); },
        ThrowsMessage<std::runtime_error>(
            AllOf(HasSubstr("messages, the newest first: none"), HasSubstr(vendors.mock().origin()))
        )
    );
}

/// Hears of one thing, to see that a test's own options are used.
class CountingObserver final : public Observer {
public:
    int attempts{0};
    void on_attempt_ended(AttemptEnded const& /*event*/) noexcept override { ++attempts; }
};

TEST(ScopedMockVendors, TakeOptionsOfTheTest) {
    ScopedMockVendors vendors;
    auto const observer = std::make_shared<CountingObserver>();
    ClientOptions options;
    options.observers.push_back(observer);
    auto client = vendors.client(std::move(options));
    ASSERT_THAT(send(client), IsAccepted());
    EXPECT_EQ(observer->attempts, 1);
}

}  // namespace
}  // namespace otp::mocks
