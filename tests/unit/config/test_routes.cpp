// What a route may say beside the names of its instances: strategy, weights, rules, what follows an
// unknown outcome, and how often.
#include "config/config_check.hpp"
#include "config_fixture.hpp"

#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::string with_route(std::string const& members) {
    return R"({ "version": 1, "instances": { "stytch": { "vendor": "free" },
                "eko": { "vendor": "free" }, "sphere": { "vendor": "free" } },
               "routes": { "login": {)" +
           members + "} } }";
}

class Routes : public testing::Test {
protected:
    RouteConfig read(std::string const& members) {
        auto const config = fixture_.parse(with_route(members));
        if (!config) {
            ADD_FAILURE() << config.error();
            return {};
        }
        EXPECT_FALSE(config::check_config(*config));
        warnings_ = config->warnings;
        return config->routes.front();
    }

    std::vector<std::string> mistakes(std::string const& members) const {
        return fixture_.mistakes(with_route(members));
    }

    ConfigFixture fixture_;
    std::vector<ConfigWarning> warnings_;
};

TEST_F(Routes, have_the_documented_defaults) {
    auto const route = read(R"("use": ["eko"])");
    EXPECT_EQ(route.strategy, RouteStrategy::in_order);
    EXPECT_EQ(route.on_unknown, OnUnknown::stop);
    EXPECT_EQ(route.max_attempts, 6U);
    EXPECT_THAT(route.weights, IsEmpty());
    EXPECT_THAT(route.rules, IsEmpty());
    EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(Routes, are_read_with_all_that_they_say) {
    auto const route = read(R"(
        "use": [{ "instance": "stytch", "weight": 3 }, "sphere", { "weight": 1, "instance": "eko" }],
        "strategy": "weighted",
        "rules": [
            { "when": { "phone_prefix": ["+91", "+1415"], "channel": ["sms", "whatsapp"] },
              "use": ["eko", { "instance": "stytch", "weight": 1000 }] },
            { "when": { "channel": ["email"] }, "use": ["sphere"] }
        ],
        "on_unknown": "failover",
        "max_attempts": 20)");
    EXPECT_EQ(route.strategy, RouteStrategy::weighted);
    EXPECT_THAT(route.use, ElementsAre("stytch", "sphere", "eko"));
    EXPECT_THAT(route.weights, ElementsAre(Pair("eko", 1U), Pair("stytch", 3U)));
    EXPECT_EQ(route.on_unknown, OnUnknown::failover);
    EXPECT_EQ(route.max_attempts, 20U);
    ASSERT_EQ(route.rules.size(), 2U);
    EXPECT_THAT(route.rules[0].phone_prefixes, ElementsAre("+91", "+1415"));
    EXPECT_THAT(route.rules[0].channels, ElementsAre(Channel::sms, Channel::whatsapp));
    EXPECT_THAT(route.rules[0].use, ElementsAre("eko", "stytch"));
    EXPECT_THAT(route.rules[0].weights, ElementsAre(Pair("stytch", 1000U)));
    EXPECT_THAT(route.rules[1].phone_prefixes, IsEmpty());
    EXPECT_THAT(route.rules[1].channels, ElementsAre(Channel::email));
    EXPECT_THAT(route.rules[1].use, ElementsAre("sphere"));
    EXPECT_THAT(route.rules[1].weights, IsEmpty());
    EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(Routes, take_each_strategy_and_choice_by_its_name) {
    for (auto const strategy :
         {RouteStrategy::in_order, RouteStrategy::round_robin, RouteStrategy::weighted}) {
        auto const name = std::string(to_string(strategy));
        EXPECT_EQ(read(R"("use": ["eko"], "strategy": ")" + name + '"').strategy, strategy);
    }
    for (auto const choice :
         {OnUnknown::stop, OnUnknown::retry_if_documented, OnUnknown::failover}) {
        auto const name = std::string(to_string(choice));
        EXPECT_EQ(read(R"("use": ["eko"], "on_unknown": ")" + name + '"').on_unknown, choice);
    }
}

TEST_F(Routes, with_an_unknown_strategy_or_choice_are_told_the_nearest) {
    EXPECT_THAT(
        mistakes(R"("use": ["eko"], "strategy": "roundrobin", "on_unknown": "retry_if_docmented")"),
        ElementsAre(
            R"(/routes/login/strategy: unknown strategy "roundrobin"; did you mean "round_robin"?)",
            R"(/routes/login/on_unknown: unknown value "retry_if_docmented"; did you mean "retry_if_documented"?)"
        )
    );
    EXPECT_THAT(
        mistakes(R"("use": ["eko"], "strategy": "Cheapest", "on_unknown": true)"),
        ElementsAre(
            R"(/routes/login/strategy: unknown strategy "Cheapest"; known: "in_order", "round_robin" and "weighted")",
            "/routes/login/on_unknown: must be a string, is a boolean"
        )
    );
}

TEST_F(Routes, have_1_to_20_attempts) {
    EXPECT_EQ(read(R"("use": ["eko"], "max_attempts": 1)").max_attempts, 1U);
    EXPECT_EQ(read(R"("use": ["eko"], "max_attempts": 2.0)").max_attempts, 2U);
    for (auto const* value : {"0", "21", "-1", "1.5", "1e30"}) {
        EXPECT_THAT(
            mistakes(R"("use": ["eko"], "max_attempts": )" + std::string(value)),
            ElementsAre("/routes/login/max_attempts: must be a whole number from 1 to 20")
        ) << value;
    }
    EXPECT_THAT(
        mistakes(R"("use": ["eko"], "max_attempts": "6")"),
        ElementsAre("/routes/login/max_attempts: must be a whole number from 1 to 20, is a string")
    );
}

TEST_F(Routes, weights_are_from_1_to_1000) {
    auto const weighted = [](std::string const& weight) {
        return R"("strategy": "weighted", "use": ["eko", { "instance": "stytch", "weight": )" +
               weight + " }]";
    };
    EXPECT_THAT(read(weighted("1")).weights, ElementsAre(Pair("stytch", 1U)));
    EXPECT_THAT(read(weighted("1000")).weights, ElementsAre(Pair("stytch", 1000U)));
    for (auto const* value : {"0", "1001", "-3", "0.5"}) {
        EXPECT_THAT(
            mistakes(weighted(value)),
            ElementsAre("/routes/login/use/1/weight: must be a whole number from 1 to 1000")
        ) << value;
    }
    EXPECT_THAT(
        mistakes(weighted("\"3\"")),
        ElementsAre("/routes/login/use/1/weight: must be a whole number from 1 to 1000, is a string"
        )
    );
}

TEST_F(Routes, objects_in_use_need_an_instance_and_a_weight) {
    EXPECT_THAT(
        mistakes(R"("strategy": "weighted", "use": [{}, { "instance": "stych", "weight": 1 },
            { "instance": 5, "weight": 1 }, { "instance": "eko", "wieght": 1 },
            { "instance": "eko", "weight": 2 }, 7, ["eko"]])"),
        ElementsAre(
            "/routes/login/use/0/weight: is missing",
            "/routes/login/use/0/instance: is missing",
            R"(/routes/login/use/1/instance: unknown instance "stych"; did you mean "stytch"?)",
            "/routes/login/use/2/instance: must be a string, is a number",
            R"(/routes/login/use/3/wieght: unknown key "wieght"; did you mean "weight"?)",
            "/routes/login/use/3/weight: is missing",
            R"(/routes/login/use/4/instance: "eko" is named more than once)",
            "/routes/login/use/5: must be the name of an instance, or an object with instance and "
            "weight, is a number",
            "/routes/login/use/6: must be the name of an instance, or an object with instance and "
            "weight, is an array"
        )
    );
}

TEST_F(Routes, weights_without_the_strategy_are_refused_once_for_each_list) {
    EXPECT_THAT(
        mistakes(R"("use": ["sphere", { "instance": "stytch", "weight": 3 },
                            { "instance": "eko", "weight": 1 }],
            "rules": [{ "when": { "channel": ["sms"] }, "use": ["eko"] },
                      { "when": { "phone_prefix": ["+91"] },
                        "use": [{ "instance": "eko", "weight": 1 }] }])"),
        ElementsAre(
            "/routes/login/use/1/weight: weights count only with strategy weighted, and the "
            "route's is in_order",
            "/routes/login/rules/1/use/0/weight: weights count only with strategy weighted, and "
            "the route's is in_order"
        )
    );
    EXPECT_THAT(
        mistakes(R"("use": [{ "instance": "stytch", "weight": 3 }], "strategy": "round_robin")"),
        ElementsAre("/routes/login/use/0/weight: weights count only with strategy weighted, and "
                    "the route's is round_robin")
    );
    // A misspelt strategy is one mistake.
    EXPECT_THAT(
        mistakes(R"("use": [{ "instance": "stytch", "weight": 3 }], "strategy": "weigthed")"),
        ElementsAre(
            R"(/routes/login/strategy: unknown strategy "weigthed"; did you mean "weighted"?)"
        )
    );
}

std::string rules(std::string const& text) {
    return R"("use": ["eko"], "rules": )" + text;
}

TEST_F(Routes, rules_are_objects_with_a_condition_and_a_use) {
    EXPECT_THAT(read(rules("[]")).rules, IsEmpty());
    EXPECT_THAT(
        mistakes(rules("{}")),
        ElementsAre("/routes/login/rules: must be an array of rules, is an object")
    );
    EXPECT_THAT(
        mistakes(rules(R"(["eko", {}, { "when": ["+91"], "use": [] },
            { "if": {}, "when": { "channel": ["sms"] }, "use": ["stych", "eko", "eko"] }])")),
        ElementsAre(
            "/routes/login/rules/0: must be an object, is a string",
            "/routes/login/rules/1/when: is missing",
            "/routes/login/rules/1/use: is missing",
            "/routes/login/rules/2/when: must be an object, is an array",
            "/routes/login/rules/2/use: must name at least one instance",
            R"(/routes/login/rules/3/if: unknown key "if"; known: "when" and "use")",
            R"(/routes/login/rules/3/use/0: unknown instance "stych"; did you mean "stytch"?)",
            R"(/routes/login/rules/3/use/2: "eko" is named more than once)"
        )
    );
}

std::string rule_when(std::string const& members) {
    return rules(R"([{ "use": ["eko"], "when": {)" + members + "} }]");
}

TEST_F(Routes, a_condition_that_is_empty_is_refused) {
    EXPECT_THAT(
        mistakes(rule_when("")),
        ElementsAre("/routes/login/rules/0/when: must have phone_prefix or channel: the route's "
                    "own use is for all other requests")
    );
    EXPECT_THAT(
        mistakes(rule_when(R"("phone_prefix": [], "channel": [])")),
        ElementsAre(
            "/routes/login/rules/0/when/phone_prefix: must name at least one phone prefix, or be "
            "left out to hold for any recipient",
            "/routes/login/rules/0/when/channel: must name at least one channel, or be left out to "
            "hold for any channel"
        )
    );
}

TEST_F(Routes, a_condition_that_cannot_be_read_is_told_item_by_item) {
    EXPECT_THAT(
        mistakes(rule_when(R"("phone_prefix": "+91", "channel": "sms")")),
        ElementsAre(
            R"(/routes/login/rules/0/when/phone_prefix: must be an array of phone prefixes, such as ["+91"], is a string)",
            R"(/routes/login/rules/0/when/channel: must be an array of channels, such as ["sms"], is a string)"
        )
    );
    EXPECT_THAT(
        mistakes(rule_when(R"("phone_prefix": ["+91 98", 91, "0044", "+1", "+1"],
                              "channel": ["SMS", "voice", 1, "email", "email"])")),
        ElementsAre(
            R"(/routes/login/rules/0/when/phone_prefix/0: "+91 98" is no phone prefix: write "+9198")",
            "/routes/login/rules/0/when/phone_prefix/1: must be a string, is a number",
            R"(/routes/login/rules/0/when/phone_prefix/2: "0044" is no phone prefix: write "+44")",
            R"(/routes/login/rules/0/when/phone_prefix/4: "+1" is named more than once)",
            R"(/routes/login/rules/0/when/channel/0: unknown channel "SMS"; did you mean "sms"?)",
            R"(/routes/login/rules/0/when/channel/1: unknown channel "voice"; known: "sms", "email" and "whatsapp")",
            "/routes/login/rules/0/when/channel/2: must be a string, is a number",
            R"(/routes/login/rules/0/when/channel/4: "email" is named more than once)"
        )
    );
    EXPECT_THAT(
        mistakes(rule_when(R"("country": ["IN"], "phone_prefix": ["${env:PREFIX}"])")),
        ElementsAre(
            R"(/routes/login/rules/0/when/country: unknown key "country"; known: "phone_prefix" and "channel")",
            "/routes/login/rules/0/when/phone_prefix/0: is no place for a reference: ${…} is read "
            "in credentials and proxy passwords"
        )
    );
}

TEST_F(Routes, a_rule_behind_a_wider_one_is_warned_of) {
    std::vector<std::pair<std::string, std::string>> const never = {
        {R"("phone_prefix": ["+91"])", R"("phone_prefix": ["+91"])"},
        {R"("phone_prefix": ["+91"])", R"("phone_prefix": ["+9198"])"},
        {R"("phone_prefix": ["+1", "+91"])", R"("phone_prefix": ["+9198", "+1415"])"},
        {R"("phone_prefix": ["+91"])", R"("phone_prefix": ["+91"], "channel": ["sms"])"},
        {R"("channel": ["sms", "email"])", R"("channel": ["email"])"},
        {R"("channel": ["sms"])", R"("channel": ["sms"], "phone_prefix": ["+91"])"},
        {R"("channel": ["sms", "email", "whatsapp"])", R"("phone_prefix": ["+91"])"},
        {R"("phone_prefix": ["+9"], "channel": ["sms", "whatsapp"])",
         R"("phone_prefix": ["+91"], "channel": ["whatsapp"])"},
    };
    auto const two_rules = [](std::string const& first, std::string const& second) {
        return rules(
            R"([{ "use": ["eko"], "when": {)" + first + R"(} }, { "use": ["stytch"], "when": {)" +
            second + "} }]"
        );
    };
    for (auto const& [first, second] : never) {
        SCOPED_TRACE(first + " before " + second);
        static_cast<void>(read(two_rules(first, second)));
        ASSERT_EQ(warnings_.size(), 1U);
        EXPECT_EQ(warnings_[0].pointer, "/routes/login/rules/1");
        EXPECT_EQ(
            warnings_[0].message,
            "never applies: /routes/login/rules/0 comes before it and holds for the same requests"
        );
        EXPECT_FALSE(warnings_[0].prevents_sending);
    }
    std::vector<std::pair<std::string, std::string>> const sometimes = {
        {R"("phone_prefix": ["+9198"])", R"("phone_prefix": ["+91"])"},
        {R"("phone_prefix": ["+91"])", R"("phone_prefix": ["+91", "+92"])"},
        {R"("phone_prefix": ["+91"])", R"("channel": ["sms"])"},
        {R"("phone_prefix": ["+91"], "channel": ["sms"])", R"("phone_prefix": ["+91"])"},
        {R"("channel": ["sms"])", R"("phone_prefix": ["+91"])"},
        {R"("channel": ["sms"])", R"("channel": ["sms", "email"])"},
        {R"("channel": ["sms", "email", "whatsapp"], "phone_prefix": ["+1"])",
         R"("phone_prefix": ["+91"])"},
    };
    for (auto const& [first, second] : sometimes) {
        static_cast<void>(read(two_rules(first, second)));
        EXPECT_THAT(warnings_, IsEmpty()) << first << " before " << second;
    }
}

using Spoil = std::function<void(RouteConfig&)>;

// The mistakes of a route with one rule that is spoilt in code.
std::vector<std::string> mistakes_in_code(Spoil const& spoil) {
    ClientConfig config;
    for (auto const* name : {"stytch", "eko"}) {
        InstanceConfig instance;
        instance.name = name;
        instance.vendor = "free";
        config.instances.push_back(std::move(instance));
    }
    RouteConfig route{"login", {"stytch", "eko"}};
    route.strategy = RouteStrategy::weighted;
    route.weights = {{"stytch", 3}};
    route.rules = {{{"+91"}, {Channel::sms}, {"eko"}, {{"eko", 1}}}};
    spoil(route);
    config.routes.push_back(std::move(route));
    auto const error = config::check_config(config);
    return error ? lines(*error) : std::vector<std::string>();
}

TEST(RoutesInCode, are_checked_like_those_of_a_file) {
    using R = RouteConfig;
    std::vector<std::pair<Spoil, std::string>> const rows = {
        {[](R& r) { r.max_attempts = 0; }, "max_attempts: must be a whole number from 1 to 20"},
        {[](R& r) { r.max_attempts = 21; }, "max_attempts: must be a whole number from 1 to 20"},
        {[](R& r) { r.weights["eko"] = 0; }, "use/1/weight: must be a whole number from 1 to 1000"},
        {[](R& r) { r.weights["eko"] = 1001; },
         "use/1/weight: must be a whole number from 1 to 1000"},
        {[](R& r) { r.weights["ekko"] = 1; },
         R"(use: has a weight for "ekko", which it does not use)"},
        {[](R& r) { r.rules[0].weights["stytch"] = 1; },
         R"(rules/0/use: has a weight for "stytch", which it does not use)"},
        {[](R& r) {
             r.strategy = RouteStrategy::round_robin;
             r.weights.clear();
         },
         "rules/0/use/0/weight: weights count only with strategy weighted, and the route's is "
         "round_robin"},
        {[](R& r) {
             r.rules[0].use = {"ekko"};
             r.rules[0].weights.clear();
         },
         R"(rules/0/use/0: unknown instance "ekko"; did you mean "eko"?)"},
        {[](R& r) {
             r.rules[0].use.clear();
             r.rules[0].weights.clear();
         },
         "rules/0/use: must name at least one instance"},
        {[](R& r) {
             r.rules[0].phone_prefixes = {"+91", "91"};
         },
         R"(rules/0/when/phone_prefix/1: "91" is no phone prefix: write "+91")"},
        {[](R& r) {
             r.rules[0].phone_prefixes = {"+91", "+91"};
         },
         R"(rules/0/when/phone_prefix/1: "+91" is named more than once)"},
        {[](R& r) {
             r.rules[0].channels = {Channel::sms, Channel::email, Channel::sms};
         },
         R"(rules/0/when/channel/2: "sms" is named more than once)"},
        {[](R& r) {
             r.rules[0].channels.clear();
             r.rules[0].phone_prefixes.clear();
         },
         "rules/0/when: must have phone_prefix or channel: the route's own use is for all other "
         "requests"},
    };
    EXPECT_THAT(mistakes_in_code([](R&) {}), IsEmpty());
    for (auto const& [spoil, mistake] : rows) {
        EXPECT_THAT(mistakes_in_code(spoil), ElementsAre("/routes/login/" + mistake));
    }
}

TEST(RoutesInCode, that_a_variable_replaced_are_checked_by_what_comes_back) {
    auto const replaced = [](RouteConfig& route) {
        route.environment_override = RouteOverride{"OTP_ROUTE_LOGIN", route.use, route.rules};
        route.use = {"eko"};
        route.rules.clear();
    };
    // The weights are for instances that the variable does not name.
    EXPECT_THAT(mistakes_in_code(replaced), IsEmpty());
    EXPECT_THAT(
        mistakes_in_code([&](RouteConfig& route) {
            replaced(route);
            route.use = {"eko", "eko"};
            route.environment_override->configured_use = {"stytch", "ekko"};
            route.environment_override->configured_rules[0].phone_prefixes = {"+"};
        }),
        ElementsAre(
            R"(/routes/login/use/1: "eko" is named more than once)",
            testing::StartsWith(R"(/routes/login/rules/0/when/phone_prefix/0: "+" is no phone pref)"
            )
        )
    );
}

}  // namespace
}  // namespace otp::test
