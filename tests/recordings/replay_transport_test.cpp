#include "recordings/exchange_probe.hpp"

#include <otp/error.hpp>
#include <otp/testing/replay_transport.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

using otp::test::ExchangeProbe;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto deadline = Clock::TimePoint::max();

Recording recording(std::string name, std::string phone, int status) {
    Recording made;
    made.name = std::move(name);
    made.request.target = "/otp/send";
    made.request.headers = {{"authorization", "***"}, {"content-type", "application/json"}};
    made.request.body.emplace<boost::json::value>(boost::json::object{{"phone", phone}});
    made.response.status = status;
    made.response.body.emplace<std::string>(made.name);
    return made;
}

HttpRequest request(std::string const& phone) {
    HttpRequest made(HttpMethod::post, "/otp/send", "/otp/{action}");
    made.headers = {{"Authorization", "Bearer fake-canary"}};
    made.content_type = json_content_type;
    made.body = R"({"phone":")" + phone + "\"}";
    return made;
}

TEST(Replay, ServesEachOnceAndEqualRequestsInOrder) {
    Replay replay(
        {recording("first", "1", 200), recording("other", "2", 200), recording("second", "1", 500)}
    );
    EXPECT_THAT(replay.unused(), ElementsAre("first", "other", "second"));
    EXPECT_EQ(replay.answer(request("1")).value().body, "first");
    EXPECT_EQ(replay.answer(request("1")).value().status, 500);
    EXPECT_THAT(replay.unused(), ElementsAre("other"));
    auto const third = replay.answer(request("1"));
    ASSERT_FALSE(third);
    EXPECT_THAT(third.error().message, HasSubstr("already served"));
    EXPECT_EQ(replay.unmatched(), 1U);
    EXPECT_EQ(replay.answer(request("2")).value().body, "other");
    EXPECT_THAT(replay.unused(), IsEmpty());
}

TEST(Replay, RepeatsIfAllowed) {
    Replay replay({recording("only", "1", 200)}, Serve::repeat);
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(replay.answer(request("1")).value().body, "only");
    }
}

TEST(Replay, RepeatsTheLastOfEqualRequests) {
    Replay replay(
        {recording("first", "1", 200), recording("last", "1", 200), recording("other", "2", 200)},
        Serve::repeat
    );
    for (auto const* const name : {"first", "last", "last"}) {
        EXPECT_EQ(replay.answer(request("1")).value().body, name);
    }
    EXPECT_THAT(replay.unused(), ElementsAre("other"));
}

TEST(Replay, ServesInSequenceOnly) {
    Replay replay(
        {recording("first", "1", 200), recording("second", "2", 200)}, Serve::in_sequence
    );
    EXPECT_EQ(
        replay.answer(request("2")).error().message,
        "no recording matches POST /otp/{action}: it is the turn of \"first\": body /phone differs "
        "from \"1\""
    );
    EXPECT_EQ(replay.answer(request("1")).value().body, "first");
    EXPECT_FALSE(replay.answer(request("1")));
    EXPECT_EQ(replay.answer(request("2")).value().body, "second");
    EXPECT_THAT(replay.answer(request("2")).error().message, HasSubstr("all recordings"));
    EXPECT_EQ(replay.unmatched(), 3U);
}

TEST(Replay, ExplainsTheNearestWithoutShowingValues) {
    auto elsewhere = recording("elsewhere", "+12025550162", 200);
    elsewhere.request.target = "/other";
    Replay replay({elsewhere, recording("near", "+359881234567", 200)});
    auto const answer = replay.answer(request("+12025550162"));
    ASSERT_FALSE(answer);
    auto const& error = answer.error();
    EXPECT_EQ(error.category, ErrorCategory::internal);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(
        error.message,
        "no recording matches POST /otp/{action}; the nearest is \"near\": body /phone differs"
    );
    EXPECT_THAT(error.message, AllOf(Not(HasSubstr("1202555")), Not(HasSubstr("canary"))));
    EXPECT_THAT(replay.unused(), ElementsAre("elsewhere", "near"));
}

TEST(Replay, WithoutRecordingsSaysSo) {
    Replay replay({});
    EXPECT_THAT(replay.answer(request("1")).error().message, HasSubstr("no recordings"));
}

class ReplayTransportTest : public ::testing::Test {
protected:
    boost::asio::io_context context;
    std::shared_ptr<Replay> replay =
        std::make_shared<Replay>(std::vector{recording("only", "1", 201)});
    std::shared_ptr<ReplayTransport> transport =
        std::make_shared<ReplayTransport>(context.get_executor(), replay);
    ExchangeProbe probe;
};

TEST_F(ReplayTransportTest, AnswersLaterAsIfWritten) {
    transport->async_exchange(request("1"), deadline, probe.handler(context.get_executor()));
    EXPECT_EQ(probe.completions, 0);
    context.run();
    ASSERT_EQ(probe.completions, 1);
    ASSERT_TRUE(probe.exchange->outcome);
    EXPECT_EQ(probe.exchange->outcome->status, 201);
    EXPECT_GT(probe.exchange->bytes_taken, 0U);
    EXPECT_FALSE(probe.exchange->reused_connection);
    EXPECT_THAT(replay->unused(), IsEmpty());
}

TEST_F(ReplayTransportTest, DoesNotLookAtTheDeadline) {
    transport->async_exchange(
        request("1"), Clock::TimePoint::min(), probe.handler(context.get_executor())
    );
    context.run();
    EXPECT_TRUE(probe.exchange->outcome);
}

TEST_F(ReplayTransportTest, AnUnmatchedRequestWasNotSent) {
    transport->async_exchange(request("2"), deadline, probe.handler(context.get_executor()));
    context.run();
    ASSERT_EQ(probe.completions, 1);
    ASSERT_FALSE(probe.exchange->outcome);
    EXPECT_EQ(probe.exchange->outcome.error().category, ErrorCategory::internal);
    EXPECT_EQ(probe.exchange->bytes_taken, 0U);
}

TEST_F(ReplayTransportTest, CompletesOnTheHandlersExecutor) {
    boost::asio::io_context other;
    transport->async_exchange(request("1"), deadline, probe.handler(other.get_executor()));
    context.run();
    EXPECT_EQ(probe.completions, 0);
    std::thread runner([&other] { other.run(); });
    auto const thread = runner.get_id();
    runner.join();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(probe.thread, thread);
}

TEST_F(ReplayTransportTest, CancellationOfAnyTypeLeavesTheRecordingUnserved) {
    using Type = boost::asio::cancellation_type;
    for (auto const type : {Type::terminal, Type::partial, Type::total}) {
        ExchangeProbe cancelled;
        transport->async_exchange(
            request("1"), deadline, cancelled.handler(context.get_executor())
        );
        cancelled.cancel.emit(type);
        EXPECT_EQ(cancelled.completions, 0);
        context.run();
        context.restart();
        ASSERT_EQ(cancelled.completions, 1);
        EXPECT_EQ(cancelled.exchange->outcome.error().category, ErrorCategory::cancelled);
        EXPECT_EQ(cancelled.exchange->bytes_taken, 0U);
    }
    EXPECT_THAT(replay->unused(), ElementsAre("only"));
}

TEST_F(ReplayTransportTest, CancellationAfterTheAnswerDoesNothing) {
    transport->async_exchange(request("1"), deadline, probe.handler(context.get_executor()));
    context.run();
    probe.cancel.emit(boost::asio::cancellation_type::terminal);
    context.restart();
    context.run();
    EXPECT_EQ(probe.completions, 1);
}

TEST_F(ReplayTransportTest, CloseCancelsWhatIsInFlightAndRefusesMore) {
    ExchangeProbe later;
    transport->async_exchange(request("1"), deadline, probe.handler(context.get_executor()));
    transport->close();
    transport->async_exchange(request("1"), deadline, later.handler(context.get_executor()));
    EXPECT_EQ(later.completions, 0);
    context.run();
    for (auto const* const closed : {&probe, &later}) {
        ASSERT_EQ(closed->completions, 1);
        EXPECT_EQ(closed->exchange->outcome.error().category, ErrorCategory::cancelled);
    }
    EXPECT_THAT(replay->unused(), ElementsAre("only"));
}

TEST_F(ReplayTransportTest, DestructionCancelsWhatIsInFlight) {
    transport->async_exchange(request("1"), deadline, probe.handler(context.get_executor()));
    transport.reset();
    context.run();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(probe.exchange->outcome.error().category, ErrorCategory::cancelled);
}

TEST_F(ReplayTransportTest, FactoryGivesEveryInstanceTheSameRecordings) {
    auto const factory = replay_transport_factory(replay);
    InstanceConfig const instance;
    TransportSettings const settings{
        context.get_executor(), "https://a.example.com", instance, {}, {}};
    auto const first = factory(settings).value();
    auto const second = factory(settings).value();
    ExchangeProbe again;
    first->async_exchange(request("1"), deadline, probe.handler(context.get_executor()));
    second->async_exchange(request("1"), deadline, again.handler(context.get_executor()));
    context.run();
    EXPECT_TRUE(probe.exchange->outcome);
    EXPECT_FALSE(again.exchange->outcome);
}

TEST_F(ReplayTransportTest, FactoryReadsAFolder) {
    auto const folder = std::filesystem::path(OTP_SOURCE_DIR) / "mocks" / "recordings" / "stytch";
    EXPECT_NO_THROW(static_cast<void>(replay_transport_factory(folder)));
    EXPECT_THROW(static_cast<void>(replay_transport_factory(folder / "none")), ErrorException);
}

}  // namespace
}  // namespace otp::testing
