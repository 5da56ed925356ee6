// Which instances are asked: those of the route in their order, until one can serve the request.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Candidates : public ClientOfPlainVendor {
protected:
    Candidates() {
        instances = {"first", "second", "third"};
        for (auto const& name : instances) {
            conduct->base_urls[name] = std::string("https://").append(name).append(".example");
        }
    }
    /// These instances cannot send an SMS.
    void send_mail_only(std::vector<std::string> const& names) {
        for (auto const& name : names) conduct->only_channels.emplace_back(name, Channel::email);
    }
    static SendOtp sms_request() {
        auto request = send_request();
        request.channel = Channel::sms;
        return request;
    }
    static std::vector<std::string> asked(std::vector<Attempt> const& attempts) {
        std::vector<std::string> all;
        for (auto const& attempt : attempts) {
            all.push_back(attempt.instance + ": " + std::string(to_string(attempt.decision)));
        }
        return all;
    }
};

TEST_F(Candidates, OfARouteAreAskedFromTheFirstOn) {
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "first");
    EXPECT_THAT(origins(), ElementsAre("https://first.example"));
}

TEST_F(Candidates, ThatCannotServeTheRequestArePassedOver) {
    send_mail_only({"first"});
    answer(200, "accepted");
    auto const sent = send(sms_request());
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "second");
    EXPECT_THAT(asked((*sent)->attempts), ElementsAre("first: skip", "second: finish"));
    EXPECT_EQ((*sent)->attempts[0].failure, ErrorCategory::unsupported);
    EXPECT_EQ((*sent)->attempts[0].delivery, Delivery::not_sent);
    EXPECT_THAT(origins(), ElementsAre("https://second.example"));
}

TEST_F(Candidates, ThatCannotServeTheRequestAreNotAskedForAToken) {
    conduct->needs_token = true;
    send_mail_only({"first"});
    answer(200, "fake-token");
    answer(200, "accepted");
    auto const sent = send(sms_request());
    ASSERT_TRUE(sent && *sent);
    EXPECT_THAT(targets(), ElementsAre("/token", "/send"));
    EXPECT_THAT(origins(), ElementsAre("https://plain.example", "https://second.example"));
}

TEST_F(Candidates, ThatHaveBeenAskedAreNotReplaced) {
    answer(500, "");
    auto const sent = send();
    ASSERT_TRUE(sent && !*sent);
    EXPECT_EQ(sent->error().instance, "first");
    EXPECT_EQ(sent->error().delivery, Delivery::unknown);
    EXPECT_THAT(origins(), ElementsAre("https://first.example"));
}

TEST_F(Candidates, OfWhichNoneCanServeTheRequestAreNoRoute) {
    send_mail_only(instances);
    auto const sent = send(sms_request());
    ASSERT_TRUE(sent && !*sent);
    auto const& error = sent->error();
    EXPECT_EQ(error.category, ErrorCategory::no_route);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_THAT(asked(error.attempts), ElementsAre("first: skip", "second: skip", "third: finish"));
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(Candidates, AreOneIfTheInstanceIsNamed) {
    answer(200, "accepted");
    auto const sent = send(send_request(), SendTarget::instance("third"));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "third");
    EXPECT_THAT(origins(), ElementsAre("https://third.example"));
}

TEST_F(Candidates, ThatAreNamedHaveNoOther) {
    send_mail_only({"second"});
    auto const sent = send(sms_request(), SendTarget::instance("second"));
    ASSERT_TRUE(sent && !*sent);
    EXPECT_EQ(sent->error().category, ErrorCategory::unsupported);
    EXPECT_EQ(sent->error().instance, "second");
    EXPECT_EQ(sent->error().attempts.size(), 1U);
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(Candidates, OfAnUnknownRouteAreNone) {
    auto const sent = send(send_request(), "elsewhere");
    ASSERT_TRUE(sent && !*sent);
    auto const& error = sent->error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.message, "unknown route \"elsewhere\"; known: \"login\"");
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(Candidates, OfAMisspeltRouteAreNone) {
    EXPECT_EQ(
        send(send_request(), "logim")->error().message,
        "unknown route \"logim\"; did you mean \"login\"?"
    );
}

TEST_F(Candidates, OfAnUnknownInstanceAreNone) {
    auto const sent = send(send_request(), SendTarget::instance("login"));
    ASSERT_TRUE(sent && !*sent);
    auto const& error = sent->error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_EQ(error.message, R"(unknown instance "login"; known: "first", "second" and "third")");
}

TEST_F(Candidates, AreNotFoundByARecipientWhoIsTakenForARoute) {
    auto const message = send(send_request(), "+12025550162")->error().message;
    EXPECT_THAT(message, HasSubstr("unknown route"));
    EXPECT_THAT(message, ::testing::Not(HasSubstr("2025550162")));
}

TEST_F(Candidates, AreThoseOfTheEnvironment) {
    variables["OTP_ROUTE_LOGIN"] = "third, first";
    send_mail_only({"third"});
    answer(200, "accepted");
    auto const sent = send(sms_request());
    ASSERT_TRUE(sent && *sent);
    EXPECT_THAT(asked((*sent)->attempts), ElementsAre("third: skip", "first: finish"));
}

TEST_F(Candidates, AreThoseOfTheConfigurationBesideAnEmptyVariable) {
    variables["OTP_ROUTE_LOGIN"] = " ";
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "first");
}

TEST_F(Candidates, ThatTheEnvironmentTakesOutOfTheRouteCanStillBeNamed) {
    variables["OTP_ROUTE_LOGIN"] = "third";
    answer(200, "accepted");
    auto const sent = send(send_request(), SendTarget::instance("first"));
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->handle.instance(), "first");
}

}  // namespace
}  // namespace otp::test
