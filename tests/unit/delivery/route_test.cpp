// Which instances a route's request goes to.

#include "delivery/roster/route.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace otp::delivery {
namespace {

using ::testing::ElementsAre;

class RouteOfInstances : public ::testing::Test {
protected:
    [[nodiscard]] Route make() {
        return Route(config, [this](std::string_view name) {
            auto& instance = instances[std::string(name)];
            if (!instance) {
                instance = std::make_shared<Instance>();
                instance->config.name = name;
            }
            return instance;
        });
    }
    static std::vector<std::string> names(Plan const& plan) {
        std::vector<std::string> all;
        for (std::size_t place = 0; place < plan.size(); ++place) {
            all.push_back(plan[place]->config.name);
        }
        return all;
    }
    static SendOtp to_phone(std::string_view number) {
        return SendOtp(PhoneNumber::parse(number).value());
    }
    static SendOtp to_email() { return SendOtp(EmailAddress::parse("jane@example.com").value()); }

    RouteConfig config{"login", {"a", "b", "c"}};
    std::map<std::string, std::shared_ptr<Instance>> instances;
};

TEST_F(RouteOfInstances, IsAskedInItsOrder) {
    auto const route = make();
    for (int turn = 0; turn < 3; ++turn) {
        auto const plan = route.plan(to_phone("+12025550162"));
        EXPECT_THAT(names(plan), ElementsAre("a", "b", "c"));
        EXPECT_EQ(plan.target(), "login");
        EXPECT_EQ(plan.rule, std::nullopt);
        EXPECT_EQ(plan.max_attempts, 6U);
        EXPECT_EQ(plan.on_unknown, OnUnknown::stop);
    }
}

TEST_F(RouteOfInstances, HandsItsSettingsOn) {
    config.on_unknown = OnUnknown::failover;
    config.max_attempts = 2;
    auto const plan = make().plan(to_email());
    EXPECT_EQ(plan.on_unknown, OnUnknown::failover);
    EXPECT_EQ(plan.max_attempts, 2U);
}

TEST_F(RouteOfInstances, TakesTurns) {
    config.strategy = RouteStrategy::round_robin;
    auto const route = make();
    auto const request = to_email();
    EXPECT_THAT(names(route.plan(request)), ElementsAre("a", "b", "c"));
    // A look takes no turn, and shows the next one.
    EXPECT_THAT(names(route.preview(request)), ElementsAre("b", "c", "a"));
    EXPECT_THAT(names(route.preview(request)), ElementsAre("b", "c", "a"));
    EXPECT_THAT(names(route.plan(request)), ElementsAre("b", "c", "a"));
    EXPECT_THAT(names(route.plan(request)), ElementsAre("c", "a", "b"));
    EXPECT_THAT(names(route.plan(request)), ElementsAre("a", "b", "c"));
}

TEST_F(RouteOfInstances, GoesByWeightsOfWhichOneIsTheDefault) {
    config.strategy = RouteStrategy::weighted;
    config.weights = {{"b", 2}};
    auto const route = make();
    std::map<std::string, int> first;
    for (int turn = 0; turn < 40; ++turn) ++first[names(route.plan(to_email())).front()];
    EXPECT_EQ(first["a"], 10);
    EXPECT_EQ(first["b"], 20);
    EXPECT_EQ(first["c"], 10);
}

TEST_F(RouteOfInstances, HasRulesOfWhichTheFirstThatHoldsDecides) {
    config.rules = {
        {{"+91", "+92"}, {Channel::sms}, {"b"}, {}},
        {{}, {Channel::email}, {"c", "a"}, {}},
        {{"+9"}, {}, {"d"}, {}}};
    auto const route = make();
    auto const rule_and_names = [&](SendOtp const& request) {
        auto const plan = route.plan(request);
        std::string text = plan.rule ? std::to_string(*plan.rule) : "-";
        for (auto const& name : names(plan)) text += ' ' + name;
        return text;
    };
    EXPECT_EQ(rule_and_names(to_phone("+919876543210")), "0 b");
    EXPECT_EQ(rule_and_names(to_phone("+923012345678")), "0 b");
    EXPECT_EQ(rule_and_names(to_phone("+905012345678")), "2 d");
    EXPECT_EQ(rule_and_names(to_phone("+12025550162")), "- a b c");
    EXPECT_EQ(rule_and_names(to_email()), "1 c a");
    auto by_whatsapp = to_phone("+919876543210");
    by_whatsapp.channel = Channel::whatsapp;
    EXPECT_EQ(rule_and_names(by_whatsapp), "2 d");
    // A recipient that only the vendor knows has no number, and asks for no channel.
    Recipient somebody;
    somebody.user_ids["stytch"] = "user-test-1";
    EXPECT_EQ(rule_and_names(SendOtp(somebody)), "- a b c");
    EXPECT_EQ(route.instances().size(), 4U);
}

TEST_F(RouteOfInstances, EachRuleHasTurnsOfItsOwn) {
    config.strategy = RouteStrategy::round_robin;
    config.rules = {{{}, {Channel::email}, {"x", "y"}, {}}};
    auto const route = make();
    EXPECT_THAT(names(route.plan(to_email())), ElementsAre("x", "y"));
    EXPECT_THAT(names(route.plan(to_phone("+12025550162"))), ElementsAre("a", "b", "c"));
    EXPECT_THAT(names(route.plan(to_email())), ElementsAre("y", "x"));
    EXPECT_THAT(names(route.plan(to_phone("+12025550162"))), ElementsAre("b", "c", "a"));
}

}  // namespace
}  // namespace otp::delivery
