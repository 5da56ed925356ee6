#include "recordings/recorded_call.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/client.hpp>
#include <otp/testing/manual_clock.hpp>
#include <otp/testing/replay_transport.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// The whole client without a socket, as an application's own tests use it.
namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct Exchanges {
    std::string vendor;
    std::string send;
    std::string verify;
    bool grant;  ///< Whether the instance asks for an access token first.

    friend std::ostream& operator<<(std::ostream& out, Exchanges const& exchanges) {
        return out << exchanges.vendor;
    }
};

testing::Recording load(std::string const& vendor, std::string const& name) {
    return testing::load_recording(recordings_folder(vendor) / (name + ".json"));
}

/// One instance, named as in the recordings, which is asked once.
ClientConfig config_for(std::string const& vendor, bool grant) {
    ClientConfig config;
    boost::json::object input;
    if (grant) input.emplace("operation", "token");
    config.instances.push_back(instance_for(vendor, input));
    config.instances.back().delivery.retry.attempts = 1;
    return config;
}

SendTarget target() {
    return SendTarget::instance(std::string(recorded_instance));
}

std::optional<Result<SendReceipt>> send(
    OtpClient& client, boost::asio::io_context& context, SendOtp request
) {
    std::optional<Result<SendReceipt>> outcome;
    client.async_send(target(), std::move(request), [&outcome](Result<SendReceipt> sent) {
        outcome.emplace(std::move(sent));
    });
    context.restart();
    context.run();
    return outcome;
}

class ReplayedClient : public ::testing::TestWithParam<Exchanges> {};

TEST_P(ReplayedClient, SendsAndVerifies) {
    auto const& [vendor, send_name, verify_name, grant] = GetParam();
    auto const sending = load(vendor, send_name);
    auto const verifying = load(vendor, verify_name);
    std::vector recordings{sending, verifying};
    if (grant) recordings.push_back(load(vendor, "token_ok"));
    auto const replay = std::make_shared<testing::Replay>(std::move(recordings));

    boost::asio::io_context context;
    ClientOptions options;
    options.transport = testing::replay_transport_factory(replay);
    OtpClient client(context.get_executor(), config_for(vendor, grant), std::move(options));

    auto const sent = send(client, context, send_from(sending.input));
    ASSERT_TRUE(sent);
    ASSERT_TRUE(*sent) << sent->error();

    auto const code = verify_from(vendor, verifying.input).code.clone();
    std::optional<Result<Verification>> checked;
    client.async_verify(
        VerifyOtp((*sent)->handle, code.clone()),
        [&checked](Result<Verification> verification) { checked.emplace(std::move(verification)); }
    );
    context.restart();
    context.run();
    ASSERT_TRUE(checked);
    ASSERT_TRUE(*checked) << checked->error();
    EXPECT_TRUE((*checked)->approved());
    EXPECT_THAT(replay->unused(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    AllVendors,
    ReplayedClient,
    ::testing::Values(
        Exchanges{"10npay", "send_204", "verify_200_empty", true},
        Exchanges{"eko", "send_ok", "verify_ok", false},
        Exchanges{"loyaltydog", "send_sms_ok", "verify_sms_ok", true},
        Exchanges{"spherepay", "send_phone_ok", "verify_phone_ok", false},
        Exchanges{"stytch", "send_sms_ok", "verify_ok", false}
    ),
    [](auto const& parameter) { return parameter.param.vendor; }
);

/// What the user's status says after a check that was answered with nothing, and what that makes of
/// the check.
struct Confirmation {
    char const* recording;
    Verification::Outcome outcome;

    friend std::ostream& operator<<(std::ostream& out, Confirmation const& confirmation) {
        return out << confirmation.recording;
    }
};

class ConfirmingClient : public ::testing::TestWithParam<Confirmation> {};

TEST_P(ConfirmingClient, AsksWhetherACheckThatWasAnsweredWithNothingWasRight) {
    auto const checking = load("10npay", "verify_200_empty");
    auto const replay = std::make_shared<testing::Replay>(std::vector{
        load("10npay", "token_ok"), checking, load("10npay", GetParam().recording)});
    auto config = config_for("10npay", true);
    config.instances.front().options["confirm_verification"] = "true";
    boost::asio::io_context context;
    ClientOptions options;
    options.transport = testing::replay_transport_factory(replay);
    OtpClient client(context.get_executor(), std::move(config), std::move(options));

    std::optional<Result<Verification>> checked;
    client.async_verify(
        verify_from("10npay", checking.input),
        [&checked](Result<Verification> verification) { checked.emplace(std::move(verification)); }
    );
    context.run();
    ASSERT_TRUE(checked);
    ASSERT_TRUE(*checked) << checked->error();
    EXPECT_EQ((*checked)->outcome, GetParam().outcome);
    EXPECT_EQ((*checked)->user_id, (*checked)->approved() ? "2077" : "");
    ASSERT_EQ((*checked)->attempts.size(), 2U);
    EXPECT_EQ((*checked)->attempts[0].decision, Decision::confirm);
    EXPECT_EQ((*checked)->attempts[1].decision, Decision::finish);
    for (auto const& attempt : (*checked)->attempts) {
        EXPECT_EQ(attempt.delivery, Delivery::accepted);
        EXPECT_EQ(attempt.http_status, 200);
    }
    EXPECT_THAT(replay->unused(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    TenNPay,
    ConfirmingClient,
    ::testing::Values(
        Confirmation{"confirm_verified", Verification::Outcome::approved},
        Confirmation{"confirm_not_verified", Verification::Outcome::rejected}
    ),
    [](auto const& parameter) { return std::string(parameter.param.recording); }
);

TEST(ReplayedClientErrors, AnUnrecordedRequestWasNotSentAndIsExplained) {
    auto const recording = load("stytch", "send_sms_ok");
    boost::asio::io_context context;
    ClientOptions options;
    options.transport = testing::replay_transport_factory(std::vector{recording});
    OtpClient client(context.get_executor(), config_for("stytch", false), std::move(options));

    auto const sent =
        send(client, context, SendOtp(Recipient(PhoneNumber::parse("+10000000000").value())));
    ASSERT_TRUE(sent);
    ASSERT_FALSE(*sent);
    auto const& error = sent->error();
    EXPECT_EQ(error.category, ErrorCategory::internal);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_THAT(error.message, HasSubstr("body /phone_number differs"));
    EXPECT_THAT(error.message, Not(HasSubstr("10000000000")));
}

/// A client of one instance that has to wait an hour for its answer.
class PatientClient : public ::testing::Test {
protected:
    void make(std::chrono::milliseconds deadline) {
        script->add(
            testing::ScriptedStep(HttpResponse(429, {{"Retry-After", "30"}}, "{}")).after(1h)
        );
        ClientOptions options;
        options.transport = testing::scripted_transport_factory(script);
        options.clock = clock;
        auto config = config_for("stytch", false);
        config.deadline = deadline;
        client.emplace(context.get_executor(), std::move(config), std::move(options));
    }
    void start(std::optional<std::chrono::milliseconds> deadline = {}) {
        SendOtp request(Recipient(PhoneNumber::parse("+12025550162").value()));
        request.deadline = deadline;
        client->async_send(target(), std::move(request), [this](Result<SendReceipt> sent) {
            outcome.emplace(std::move(sent));
        });
        run();
    }
    void run() {
        context.restart();
        context.poll();
    }

    boost::asio::io_context context;
    std::shared_ptr<testing::ManualClock> clock = std::make_shared<testing::ManualClock>();
    std::shared_ptr<testing::Script> script = std::make_shared<testing::Script>();
    std::optional<OtpClient> client;
    std::optional<Result<SendReceipt>> outcome;
};

constexpr std::chrono::milliseconds long_times[]{
    std::chrono::milliseconds::max(), std::chrono::hours(24 * 365 * 300)};

TEST_F(PatientClient, TakesADeadlineOfAnySize) {
    for (auto const deadline : long_times) {
        for (bool const of_request : {true, false}) {
            make(of_request ? 1ms : deadline);
            outcome.reset();
            start(of_request ? std::optional(deadline) : std::nullopt);
            EXPECT_FALSE(outcome);
            clock->advance(1h);
            run();
            ASSERT_TRUE(outcome);
            EXPECT_EQ(outcome->error().http_status, 429);
        }
    }
}

TEST_F(PatientClient, EndsAtOnceWithADeadlineThatHasPassed) {
    for (auto const deadline : {0ms, -1ms, std::chrono::milliseconds::min()}) {
        make(1h);
        outcome.reset();
        start(deadline);
        ASSERT_TRUE(outcome);
        EXPECT_EQ(outcome->error().category, ErrorCategory::deadline_exceeded);
        EXPECT_EQ(outcome->error().delivery, Delivery::not_sent);
    }
}

TEST_F(PatientClient, ShutsDownWithAPatienceOfAnySize) {
    for (auto const time_limit : long_times) {
        make(2h);
        outcome.reset();
        start();
        std::optional<boost::system::error_code> done;
        client->async_shutdown(time_limit, [&done](boost::system::error_code error) {
            done.emplace(error);
        });
        run();
        EXPECT_FALSE(done);
        clock->advance(1h);
        run();
        EXPECT_TRUE(outcome);
        ASSERT_TRUE(done);
        EXPECT_FALSE(*done);
    }
}

TEST(ScriptedClient, ASilentVendorEndsInVirtualTime) {
    auto const clock = std::make_shared<testing::ManualClock>();
    auto const script = std::make_shared<testing::Script>();
    script->add(testing::ScriptedStep::silence());
    boost::asio::io_context context;
    ClientOptions options;
    options.transport = testing::scripted_transport_factory(script);
    options.clock = clock;
    OtpClient client(context.get_executor(), config_for("stytch", false), std::move(options));

    std::optional<Result<SendReceipt>> outcome;
    client.async_send(
        target(),
        SendOtp(Recipient(PhoneNumber::parse("+12025550162").value())),
        [&outcome](Result<SendReceipt> sent) { outcome.emplace(std::move(sent)); }
    );
    context.poll();
    ASSERT_FALSE(outcome);
    clock->advance(1h);
    context.restart();
    context.poll();
    ASSERT_TRUE(outcome);
    ASSERT_FALSE(*outcome);
    EXPECT_EQ(outcome->error().delivery, Delivery::unknown);
    EXPECT_EQ(script->requests().size(), 1U);
}

}  // namespace
}  // namespace otp::test
