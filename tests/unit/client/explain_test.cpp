// What a client says of its routes and instances, and what it does by hand.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class Explain : public ClientOfPlainVendor {
protected:
    Explain() {
        instances = {"first", "second"};
        for (auto const& name : instances) {
            conduct->base_urls[name] = std::string("https://").append(name).append(".example");
        }
    }
    [[nodiscard]] RouteReport explained(SendOtp const& request = send_request()) {
        return client().explain("login", request).value();
    }
    [[nodiscard]] static std::vector<std::string> names(RouteReport const& report) {
        std::vector<std::string> all;
        for (auto const& candidate : report.candidates) {
            all.push_back(candidate.instance);
            if (candidate.reason) all.back() += ' ' + std::string(to_string(*candidate.reason));
        }
        return all;
    }
    /// The connections of five sends in a row are refused.
    void break_first() {
        for (int send_number = 0; send_number < 5; ++send_number) {
            fail(ErrorCategory::connect_failed, ExchangePhase::connecting, 0);
            auto const sent = send(send_request(), SendTarget::instance("first"));
            ASSERT_TRUE(sent && !*sent);
        }
    }
};

TEST_F(Explain, NamesTheInstancesInTheirOrder) {
    auto const report = explained();
    EXPECT_EQ(report.target, "login");
    EXPECT_EQ(report.rule, std::nullopt);
    EXPECT_THAT(names(report), ElementsAre("first", "second"));
    EXPECT_EQ(report.candidates[0].vendor, "plain");
    EXPECT_EQ(report.candidates[0].explanation, "");
    EXPECT_TRUE(script->requests().empty());
}

TEST_F(Explain, SaysWhoCannotServeTheRequest) {
    conduct->only_channels.emplace_back("first", Channel::email);
    auto request = send_request();
    request.channel = Channel::sms;
    auto const report = explained(request);
    EXPECT_THAT(names(report), ElementsAre("first cannot_serve", "second"));
    EXPECT_NE(report.candidates[0].explanation, "");
}

TEST_F(Explain, SaysWhoseBreakerIsOpenAndWhoIsIsolated) {
    break_first();
    EXPECT_TRUE(client().isolate("second"));
    auto const report = explained();
    EXPECT_THAT(names(report), ElementsAre("first breaker_open", "second isolated"));
    EXPECT_EQ(report.candidates[1].explanation, "was taken out of service by hand");
    // The send does as was said: nobody but the first could be tried.
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "first");
}

TEST_F(Explain, RefusesWhatIsNotConfigured) {
    auto const unknown = client().explain("logout", send_request());
    ASSERT_TRUE(unknown.has_error());
    EXPECT_EQ(unknown.error().category, ErrorCategory::config_invalid);
    auto const instance = client().explain(SendTarget::instance("second"), send_request()).value();
    EXPECT_EQ(instance.target, "second");
    EXPECT_THAT(names(instance), ElementsAre("second"));
}

TEST_F(Explain, HealthIsThatOfEachInstance) {
    auto health = client().health();
    ASSERT_EQ(health.size(), 2U);
    EXPECT_EQ(health[0].instance, "first");
    EXPECT_EQ(health[0].vendor, "plain");
    EXPECT_EQ(health[0].breaker, BreakerState::closed);
    EXPECT_TRUE(health[0].usable());
    EXPECT_EQ(health[0].last_failure, std::nullopt);
    break_first();
    clock->advance(1s);
    health = client().health();
    EXPECT_EQ(health[0].breaker, BreakerState::open);
    EXPECT_FALSE(health[0].usable());
    EXPECT_GT(health[0].reopens_in.value(), 3s);
    EXPECT_LT(health[0].reopens_in.value(), 5s);
    EXPECT_EQ(health[0].last_failure, ErrorCategory::connect_failed);
    EXPECT_EQ(health[0].last_failure_ago, 1s);
    EXPECT_EQ(health[1].breaker, BreakerState::closed);
}

TEST_F(Explain, IsolationHoldsUntilItIsEnded) {
    EXPECT_FALSE(client().isolate("third"));
    EXPECT_FALSE(client().restore("third"));
    EXPECT_TRUE(client().isolate("first"));
    EXPECT_TRUE(client().isolate("first"));
    EXPECT_EQ(client().health()[0].breaker, BreakerState::isolated);
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "second");
    ASSERT_EQ((*sent)->attempts.size(), 2U);
    EXPECT_EQ((*sent)->attempts[0].decision, Decision::skip);
    EXPECT_EQ((*sent)->attempts[0].reason, DecisionReason::isolated);
    EXPECT_TRUE(client().restore("first"));
    answer(200, "accepted");
    auto const again = send();
    ASSERT_TRUE(again && *again);
    EXPECT_EQ((*again)->handle.instance(), "first");
}

TEST_F(Explain, ACheckGoesToNobodyElse) {
    EXPECT_TRUE(client().isolate("first"));
    auto const verified = verify();
    ASSERT_TRUE(verified && !*verified);
    EXPECT_EQ(verified->error().category, ErrorCategory::circuit_open);
    EXPECT_EQ(verified->error().stop, DecisionReason::isolated);
    EXPECT_TRUE(script->requests().empty());
}

}  // namespace
}  // namespace otp::test
