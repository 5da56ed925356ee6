#include "recordings/exchange_probe.hpp"

#include <otp/error.hpp>
#include <otp/testing/manual_clock.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <memory>
#include <utility>

namespace otp::testing {
namespace {

using namespace std::chrono_literals;
using otp::test::ExchangeProbe;

HttpRequest request() {
    HttpRequest made(HttpMethod::post, "/otp", "/otp");
    made.body = "{}";
    return made;
}

class ScriptedTransportTest : public ::testing::Test {
protected:
    void exchange(HttpRequest made = request()) {
        transport.async_exchange(
            std::move(made), clock->now() + 5s, probe.handler(context.get_executor())
        );
        context.poll();
        context.restart();
    }
    void advance(std::chrono::milliseconds duration) {
        clock->advance(duration);
        context.poll();
        context.restart();
    }
    ErrorCategory category() const { return probe.exchange->outcome.error().category; }

    boost::asio::io_context context;
    std::shared_ptr<ManualClock> clock = std::make_shared<ManualClock>();
    std::shared_ptr<Script> script = std::make_shared<Script>();
    ScriptedTransport transport{context.get_executor(), "https://a.example.com", clock, script};
    ExchangeProbe probe;
};

TEST_F(ScriptedTransportTest, AnswersAndRemembersTheRequest) {
    script->add(ScriptedStep(HttpResponse(202, {}, "ok")));
    EXPECT_EQ(script->remaining(), 1U);
    exchange();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(probe.exchange->outcome->status, 202);
    EXPECT_GE(probe.exchange->bytes_taken, request().body.size());
    ASSERT_EQ(script->requests().size(), 1U);
    EXPECT_EQ(script->requests()[0].base_url, "https://a.example.com");
    EXPECT_EQ(script->requests()[0].request.target(), "/otp");
    EXPECT_EQ(script->remaining(), 0U);
}

TEST_F(ScriptedTransportTest, FailsAsTold) {
    HttpExchange lost{Error(ErrorCategory::connection_lost)};
    lost.bytes_taken = 0;
    lost.reused_connection = true;
    script->add(ScriptedStep(std::move(lost)));
    exchange();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::connection_lost);
    EXPECT_EQ(probe.exchange->bytes_taken, 0U);
    EXPECT_TRUE(probe.exchange->reused_connection);
}

TEST_F(ScriptedTransportTest, AnswersAfterItsLatency) {
    script->add(ScriptedStep(HttpResponse(200, {}, "")).after(300ms));
    exchange();
    advance(299ms);
    EXPECT_EQ(probe.completions, 0);
    advance(1ms);
    ASSERT_EQ(probe.completions, 1);
    EXPECT_TRUE(probe.exchange->outcome);
}

TEST_F(ScriptedTransportTest, ALatencyBeyondTheDeadlineIsATimeout) {
    script->add(ScriptedStep(HttpResponse(200, {}, "")).after(6s));
    exchange();
    advance(5s);
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::timeout);
    EXPECT_GT(probe.exchange->bytes_taken, 0U);
}

TEST_F(ScriptedTransportTest, SilenceEndsAtTheDeadline) {
    script->add(ScriptedStep::silence());
    exchange();
    advance(4999ms);
    EXPECT_EQ(probe.completions, 0);
    advance(1ms);
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::timeout);
    EXPECT_EQ(clock->waiting(), 0U);
}

TEST_F(ScriptedTransportTest, AfterTheDeadlineNothingIsWritten) {
    script->add(ScriptedStep(HttpResponse(200, {}, "")));
    transport.async_exchange(request(), clock->now(), probe.handler(context.get_executor()));
    context.run();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::timeout);
    EXPECT_EQ(probe.exchange->bytes_taken, 0U);
    EXPECT_EQ(script->remaining(), 1U);
}

TEST_F(ScriptedTransportTest, ReportsAPhaseThatFitsOrTheOneThatTheScriptSays) {
    auto const phase_of = [this](ScriptedStep step) {
        script->add(std::move(step));
        probe.exchange.reset();
        exchange();
        advance(5s);
        auto const& outcome = probe.exchange->outcome;
        if (!outcome) {
            EXPECT_EQ(outcome.error().phase, probe.exchange->phase);
        }
        return probe.exchange->phase;
    };
    HttpExchange refused{Error(ErrorCategory::connect_failed)};
    HttpExchange lost{Error(ErrorCategory::connection_lost)};
    lost.bytes_taken = 1;
    HttpExchange handshake{Error(ErrorCategory::tls_failed)};
    handshake.phase = ExchangePhase::handshaking;

    EXPECT_EQ(phase_of(ScriptedStep(HttpResponse(200, {}, ""))), ExchangePhase::done);
    EXPECT_EQ(phase_of(ScriptedStep(HttpExchange(HttpResponse(200, {}, "")))), ExchangePhase::done);
    EXPECT_EQ(phase_of(ScriptedStep(refused)), ExchangePhase::queued);
    EXPECT_EQ(phase_of(ScriptedStep(lost)), ExchangePhase::waiting);
    EXPECT_EQ(phase_of(ScriptedStep(handshake)), ExchangePhase::handshaking);
    EXPECT_EQ(phase_of(ScriptedStep(handshake).after(6s)), ExchangePhase::handshaking);
    EXPECT_EQ(phase_of(ScriptedStep::silence()), ExchangePhase::waiting);
    EXPECT_EQ(phase_of(ScriptedStep::silence().in(ExchangePhase::reading)), ExchangePhase::reading);
    // An answer after the deadline had not begun by then.
    EXPECT_EQ(phase_of(ScriptedStep(HttpResponse(200, {}, "")).after(6s)), ExchangePhase::waiting);
}

TEST_F(ScriptedTransportTest, TakesADeadlineAndALatencyOfAnySize) {
    script->add(ScriptedStep(HttpResponse(200, {}, "")).after(Clock::TimePoint::duration::max()));
    transport.async_exchange(
        request(), Clock::TimePoint::max(), probe.handler(context.get_executor())
    );
    advance(std::chrono::hours(24 * 365));
    EXPECT_EQ(probe.completions, 0);
    clock->advance(Clock::TimePoint::duration::max());
    EXPECT_EQ(clock->now(), Clock::TimePoint::max());
    context.poll();
    EXPECT_EQ(probe.completions, 1);
}

TEST_F(ScriptedTransportTest, AnEmptyScriptIsADefectOfTheTest) {
    exchange();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::internal);
    EXPECT_EQ(script->requests().size(), 1U);
}

TEST_F(ScriptedTransportTest, CancellationReportsWhatWasWritten) {
    script->add(ScriptedStep::silence());
    exchange();
    probe.cancel.emit(boost::asio::cancellation_type::total);
    EXPECT_EQ(probe.completions, 0);
    context.poll();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::cancelled);
    EXPECT_GT(probe.exchange->bytes_taken, 0U);
    EXPECT_EQ(probe.exchange->phase, ExchangePhase::waiting);
    EXPECT_EQ(clock->waiting(), 0U);
}

TEST_F(ScriptedTransportTest, CloseCancelsAndRefuses) {
    script->add(ScriptedStep::silence());
    exchange();
    transport.close();
    context.poll();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::cancelled);
    ExchangeProbe later;
    transport.async_exchange(request(), clock->now() + 5s, later.handler(context.get_executor()));
    context.restart();
    context.poll();
    ASSERT_EQ(later.completions, 1);
    EXPECT_EQ(later.exchange->outcome.error().category, ErrorCategory::cancelled);
    EXPECT_EQ(script->requests().size(), 1U);
}

TEST_F(ScriptedTransportTest, FactoryUsesTheInstancesClockAndUrl) {
    script->add(ScriptedStep(HttpResponse(200, {}, "")));
    InstanceConfig const instance;
    TransportSettings const settings{
        context.get_executor(), "https://b.example.com", instance, clock, {}};
    auto const made = scripted_transport_factory(script)(settings).value();
    made->async_exchange(request(), clock->now() + 1s, probe.handler(context.get_executor()));
    context.run();
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(script->requests()[0].base_url, "https://b.example.com");
}

HttpRequest request_with_other_instances_left(Clock::TimePoint commit_deadline) {
    auto made = request();
    made.commit_deadline = commit_deadline;
    return made;
}

TEST_F(ScriptedTransportTest, StallsUntilTheCommitDeadlineWithoutAByte) {
    script->add(ScriptedStep::stall(ExchangePhase::handshaking));
    exchange(request_with_other_instances_left(clock->now() + 1s));
    advance(999ms);
    EXPECT_EQ(probe.completions, 0);
    advance(1ms);
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::timeout);
    EXPECT_EQ(probe.exchange->bytes_taken, 0U);
    EXPECT_EQ(probe.exchange->phase, ExchangePhase::handshaking);
}

TEST_F(ScriptedTransportTest, StallsUntilTheDeadlineWhereNobodyElseIsLeft) {
    script->add(ScriptedStep::stall());
    exchange();
    advance(4999ms);
    EXPECT_EQ(probe.completions, 0);
    advance(1ms);
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(probe.exchange->bytes_taken, 0U);
    EXPECT_EQ(probe.exchange->phase, ExchangePhase::connecting);
}

TEST_F(ScriptedTransportTest, LetsAFailureWithoutAByteComeTooLateForTheCommitDeadline) {
    script->add(
        ScriptedStep(HttpExchange(Error(ErrorCategory::connect_failed, "refused"))).after(2s)
    );
    exchange(request_with_other_instances_left(clock->now() + 1s));
    advance(1s);
    ASSERT_EQ(probe.completions, 1);
    EXPECT_EQ(category(), ErrorCategory::timeout);
    EXPECT_EQ(probe.exchange->bytes_taken, 0U);
}

TEST_F(ScriptedTransportTest, WaitsForAnAnswerBeyondTheCommitDeadline) {
    script->add(ScriptedStep(HttpResponse(200, {}, "ok")).after(2s));
    exchange(request_with_other_instances_left(clock->now() + 1s));
    advance(1s);
    EXPECT_EQ(probe.completions, 0) << "its bytes had left";
    advance(1s);
    ASSERT_EQ(probe.completions, 1);
    EXPECT_TRUE(probe.exchange->outcome);
}

}  // namespace
}  // namespace otp::testing
