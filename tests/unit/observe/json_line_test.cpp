// What stands in the line of each event.

#include "unit/observe/events.hpp"

#include <otp/error.hpp>
#include <otp/observe/json_line_observer.hpp>
#include <otp/testing/manual_clock.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

/// Hears one event after the other, 1.5 s after the beginning of 2026.
class JsonLines : public ::testing::Test {
protected:
    JsonLines() { clock_->advance(1500ms); }

    /// The one line that `event` makes.
    std::string line_of(std::function<void(Observer&)> const& event) {
        lines_.clear();
        event(observer_);
        EXPECT_EQ(lines_.size(), 1U);
        EXPECT_EQ(observer_.dropped(), 0U);
        auto line = lines_.empty() ? std::string("{}") : lines_.front();
        EXPECT_THAT(line, Not(HasSubstr("\n")));
        EXPECT_TRUE(boost::json::parse(line).is_object());
        return line;
    }

    std::shared_ptr<otp::testing::ManualClock> clock_ =
        std::make_shared<otp::testing::ManualClock>();
    std::vector<std::string> lines_;
    JsonLineObserver observer_{
        [this](std::string_view line) { lines_.emplace_back(line); }, clock_};
};

TEST_F(JsonLines, AnAttemptThatBegins) {
    EXPECT_EQ(
        line_of([](auto& observer) {
            observer.on_attempt_begun({operation(), "main", "acme", 2});
        }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"attempt_begun","operation":7,"kind":"send",)"
        R"("target":"login","instance":"main","vendor":"acme","attempt":2})"
    );
}

TEST_F(JsonLines, AnAttemptThatEndsHasAllThatItsJsonHas) {
    auto attempt = failed_attempt();
    attempt.vendor_code = "E17";
    attempt.request_id = "r-1";
    attempt.waited_before = 40ms;
    attempt.hints.push_back({"locale", "de-AT", "de"});
    auto const line = boost::json::parse(line_of([&attempt](auto& observer) {
                          observer.on_attempt_ended({operation(), attempt, 1});
                      })).as_object();

    EXPECT_EQ(line.at("time"), "2026-01-01T00:00:01.500Z");
    EXPECT_EQ(line.at("event"), "attempt_ended");
    EXPECT_EQ(line.at("operation"), 7);
    EXPECT_EQ(line.at("kind"), "send");
    EXPECT_EQ(line.at("target"), "login");
    EXPECT_EQ(line.at("decision"), "next_instance");
    EXPECT_EQ(line.at("reason"), "not_sent");
    EXPECT_EQ(line.at("waited_ms"), 40);
    EXPECT_EQ(line.at("phase"), "connecting");
    for (auto const& member : to_json(attempt)) {
        EXPECT_EQ(line.at(member.key()), member.value()) << member.key();
    }
}

TEST_F(JsonLines, AWait) {
    EXPECT_EQ(
        line_of([](auto& observer) {
            observer.on_wait({operation(), "main", 1200ms, DecisionReason::throttled});
        }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"wait","operation":7,"kind":"send",)"
        R"("target":"login","instance":"main","wait_ms":1200,"reason":"throttled"})"
    );
}

TEST_F(JsonLines, AnOperationThatSucceeded) {
    EXPECT_EQ(
        line_of([](auto& observer) { observer.on_operation_ended(succeeded_operation()); }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"operation_ended","operation":7,)"
        R"("kind":"send","target":"login","instance":"main","failure":null,)"
        R"("delivery":"accepted","stop":"succeeded","attempts":1,"latency_ms":250})"
    );
}

TEST_F(JsonLines, AnOperationThatFailed) {
    OperationEnded event;
    event.operation = operation(OperationKind::verify);
    event.failure = ErrorCategory::no_route;
    event.stop = DecisionReason::no_instance_left;
    event.latency = 1500us;
    EXPECT_EQ(
        line_of([&event](auto& observer) { observer.on_operation_ended(event); }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"operation_ended","operation":7,)"
        R"("kind":"verify","target":"login","instance":null,"failure":"no_route",)"
        R"("delivery":"not_sent","stop":"no_instance_left","attempts":0,"latency_ms":2})"
    );
}

TEST_F(JsonLines, AnAnsweredCheckSaysNothingOfDelivery) {
    auto event = succeeded_operation();
    event.operation = operation(OperationKind::verify);
    auto const line = line_of([&event](auto& observer) { observer.on_operation_ended(event); });
    EXPECT_THAT(line, HasSubstr(R"("delivery":null)"));
}

TEST_F(JsonLines, ABreakerThatOpens) {
    EXPECT_EQ(
        line_of([](auto& observer) {
            observer.on_breaker_change(
                {"main", "acme", BreakerState::half_open, BreakerState::open, 5s}
            );
        }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"breaker_change","instance":"main",)"
        R"("vendor":"acme","from":"half_open","to":"open","open_for_ms":5000})"
    );
}

TEST_F(JsonLines, ABreakerThatClosesIsNotOpenForAnyTime) {
    auto const line = line_of([](auto& observer) {
        observer.on_breaker_change({"main", "acme", BreakerState::open, BreakerState::closed, 0s});
    });
    EXPECT_THAT(line, HasSubstr(R"("to":"closed","open_for_ms":null)"));
}

TEST_F(JsonLines, ARest) {
    EXPECT_EQ(
        line_of([](auto& observer) {
            observer.on_rest({"main", "acme", 30s});
        }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"rest","instance":"main",)"
        R"("vendor":"acme","rest_ms":30000})"
    );
}

TEST_F(JsonLines, ATokenThatWasRefused) {
    EXPECT_EQ(
        line_of([](auto& observer) {
            observer.on_token_fetched({"main", "acme", ErrorCategory::unauthenticated, 80ms});
        }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"token_fetched","instance":"main",)"
        R"("vendor":"acme","failure":"unauthenticated","latency_ms":80})"
    );
}

TEST_F(JsonLines, AToken) {
    auto const line = line_of([](auto& observer) {
        observer.on_token_fetched({"main", "acme", std::nullopt, 80ms});
    });
    EXPECT_THAT(line, HasSubstr(R"("failure":null)"));
}

TEST_F(JsonLines, AReload) {
    Reloaded event;
    event.kept = 2;
    event.added = 1;
    EXPECT_EQ(
        line_of([&](auto& observer) { observer.on_reload(event); }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"reload","failure":null,"message":null,)"
        R"("kept":2,"added":1,"replaced":0,"removed":0})"
    );
    event.failure = ErrorCategory::config_invalid;
    event.message = "2 mistakes";
    EXPECT_THAT(
        line_of([&](auto& observer) { observer.on_reload(event); }),
        HasSubstr(R"("failure":"config_invalid","message":"2 mistakes")")
    );
}

TEST_F(JsonLines, AnAttemptThatWasNotBegunHasNoNumber) {
    Attempt const attempt;
    auto const line_for = [&](std::size_t number) {
        return line_of([&](auto& observer) {
            observer.on_attempt_ended({operation(), attempt, number});
        });
    };
    EXPECT_THAT(line_for(0), HasSubstr(R"("attempt":null)"));
    EXPECT_THAT(line_for(3), HasSubstr(R"("attempt":3)"));
}

TEST_F(JsonLines, AWarning) {
    EXPECT_EQ(
        line_of([](auto& observer) {
            observer.on_warning({"main", "acme", "say \"hi\""});
        }),
        R"({"time":"2026-01-01T00:00:01.500Z","event":"warning","instance":"main",)"
        R"("vendor":"acme","message":"say \"hi\""})"
    );
}

TEST_F(JsonLines, TheTraceIsNamedIfThereIsOne) {
    auto traced = operation();
    traced.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    auto const line = line_of([&traced](auto& observer) {
        observer.on_attempt_begun({traced, "main", "acme", 1});
    });
    EXPECT_THAT(
        line,
        HasSubstr(
            R"("target":"login","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",)"
        )
    );
}

TEST_F(JsonLines, AreOneLineOfUtf8WhateverIsInThem) {
    auto odd = operation();
    odd.target = "a\nb\r\"\\\xFF\x01";
    auto const line = line_of([&odd](auto& observer) {
        observer.on_attempt_begun({odd, "main", "acme", 1});
    });
    EXPECT_EQ(boost::json::parse(line).at("target"), "a\nb\r\"\\\xEF\xBF\xBD\x01");
}

TEST_F(JsonLines, HaveTheTimeOfTheirEvent) {
    clock_->advance(1h);
    auto const line = line_of([](auto& observer) { observer.on_warning({"main", "acme", "one"}); });
    EXPECT_THAT(line, HasSubstr(R"("time":"2026-01-01T01:00:01.500Z")"));
}

}  // namespace
}  // namespace otp::test
