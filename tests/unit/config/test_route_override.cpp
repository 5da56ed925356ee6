// OTP_ROUTE_<NAME>.
#include "config/config_check.hpp"
#include "config/route_override.hpp"
#include "config_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace otp::config {
namespace {

using test::ConfigFixture;
using testing::ElementsAre;
using testing::IsEmpty;

using Variables = std::map<std::string, std::string>;

EnvironmentLookup lookup_of(Variables const& variables) {
    return [variables](std::string const& name) -> std::optional<std::string> {
        auto const found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    };
}

EnvironmentNames names_of(Variables const& variables) {
    return [variables] {
        std::vector<std::string> names;
        for (auto const& variable : variables) names.push_back(variable.first);
        return names;
    };
}

class RouteOverrides : public testing::Test {
protected:
    RouteOverrides() {
        for (auto const* name : {"stytch", "eko", "10npay"}) {
            InstanceConfig instance;
            instance.name = name;
            instance.vendor = name;
            config_.instances.push_back(std::move(instance));
        }
        config_.routes.push_back({"login", {"stytch"}});
        config_.routes.push_back({"sign-up.v2", {"stytch", "eko"}});
    }

    // The mistakes, as `pointer: message`.
    std::vector<std::string> apply(Variables const& variables) {
        Violations violations;
        apply_route_overrides(config_, lookup_of(variables), names_of(variables), violations);
        auto const error = violations.take_error("the environment");
        return error ? test::lines(*error) : std::vector<std::string>();
    }

    ClientConfig config_;
};

TEST_F(RouteOverrides, variable_has_only_capitals_digits_and_underscores) {
    EXPECT_EQ(route_variable("login"), "OTP_ROUTE_LOGIN");
    EXPECT_EQ(route_variable("sign-up.v2"), "OTP_ROUTE_SIGN_UP_V2");
    EXPECT_EQ(route_variable("logIn_3"), "OTP_ROUTE_LOGIN_3");
}

TEST_F(RouteOverrides, change_only_the_routes_that_are_named) {
    EXPECT_THAT(apply({{"OTP_ROUTE_SIGN_UP_V2", "10npay"}, {"OTP_OTHER", "nobody"}}), IsEmpty());
    EXPECT_THAT(config_.routes[0].use, ElementsAre("stytch"));
    EXPECT_FALSE(config_.routes[0].environment_override);
    EXPECT_THAT(config_.routes[1].use, ElementsAre("10npay"));
}

TEST_F(RouteOverrides, keep_where_they_come_from_and_what_they_replace) {
    EXPECT_THAT(apply({{"OTP_ROUTE_SIGN_UP_V2", "10npay"}}), IsEmpty());
    ASSERT_TRUE(config_.routes[1].environment_override);
    EXPECT_EQ(config_.routes[1].environment_override->variable, "OTP_ROUTE_SIGN_UP_V2");
    EXPECT_THAT(
        config_.routes[1].environment_override->configured_use, ElementsAre("stytch", "eko")
    );
    // Another environment, in a client's options say, begins with the configuration again.
    EXPECT_THAT(apply({{"OTP_ROUTE_SIGN_UP_V2", "eko"}}), IsEmpty());
    EXPECT_THAT(config_.routes[1].use, ElementsAre("eko"));
    EXPECT_THAT(
        config_.routes[1].environment_override->configured_use, ElementsAre("stytch", "eko")
    );
    EXPECT_THAT(apply({}), IsEmpty());
    EXPECT_THAT(config_.routes[1].use, ElementsAre("stytch", "eko"));
    EXPECT_FALSE(config_.routes[1].environment_override);
}

TEST_F(RouteOverrides, take_the_rules_away_until_they_are_looked_up_again) {
    auto& route = config_.routes[1];
    route.strategy = RouteStrategy::weighted;
    route.weights = {{"stytch", 3}, {"eko", 1}};
    route.rules = {{{"+91"}, {}, {"eko"}, {}}, {{}, {Channel::email}, {"stytch"}, {}}};

    EXPECT_THAT(apply({{"OTP_ROUTE_SIGN_UP_V2", "10npay, eko"}}), IsEmpty());
    EXPECT_THAT(route.rules, IsEmpty());
    ASSERT_TRUE(route.environment_override);
    ASSERT_EQ(route.environment_override->configured_rules.size(), 2U);
    EXPECT_THAT(route.environment_override->configured_rules[0].phone_prefixes, ElementsAre("+91"));
    // By name: that of stytch waits for its return.
    EXPECT_EQ(route.weights, (InstanceWeights{{"stytch", 3}, {"eko", 1}}));
    EXPECT_EQ(route.strategy, RouteStrategy::weighted);
    EXPECT_FALSE(check_config(config_));

    EXPECT_THAT(apply({{"OTP_ROUTE_SIGN_UP_V2", "10npay"}}), IsEmpty());
    EXPECT_THAT(route.rules, IsEmpty());
    ASSERT_EQ(route.environment_override->configured_rules.size(), 2U);

    EXPECT_THAT(apply({}), IsEmpty());
    EXPECT_FALSE(route.environment_override);
    EXPECT_THAT(route.use, ElementsAre("stytch", "eko"));
    ASSERT_EQ(route.rules.size(), 2U);
    EXPECT_THAT(route.rules[0].use, ElementsAre("eko"));
    EXPECT_THAT(route.rules[1].channels, ElementsAre(Channel::email));
    EXPECT_FALSE(check_config(config_));
}

TEST_F(RouteOverrides, that_are_wrong_leave_the_rules) {
    config_.routes[0].rules = {{{"+91"}, {}, {"eko"}, {}}};
    EXPECT_THAT(apply({{"OTP_ROUTE_LOGIN", "nobody"}}), testing::SizeIs(1));
    EXPECT_THAT(config_.routes[0].rules, testing::SizeIs(1));
    EXPECT_FALSE(config_.routes[0].environment_override);
}

TEST_F(RouteOverrides, are_off_without_an_environment) {
    EXPECT_THAT(apply({{"OTP_ROUTE_LOGIN", "eko"}}), IsEmpty());
    Violations violations;
    apply_route_overrides(config_, nullptr, names_of({{"OTP_ROUTE_X", "eko"}}), violations);
    EXPECT_TRUE(violations.empty());
    EXPECT_THAT(config_.routes[0].use, ElementsAre("stytch"));
}

TEST_F(RouteOverrides, take_several_names_with_blanks) {
    EXPECT_THAT(apply({{"OTP_ROUTE_LOGIN", " eko ,10npay,\tstytch\n"}}), IsEmpty());
    EXPECT_THAT(config_.routes[0].use, ElementsAre("eko", "10npay", "stytch"));
}

TEST_F(RouteOverrides, that_are_empty_change_nothing) {
    for (auto const* value : {"", "  ", "\t\n"}) {
        EXPECT_THAT(apply({{"OTP_ROUTE_LOGIN", value}, {"OTP_ROUTE_NOBODY", value}}), IsEmpty());
        EXPECT_THAT(config_.routes[0].use, ElementsAre("stytch"));
        EXPECT_FALSE(config_.routes[0].environment_override);
    }
}

TEST_F(RouteOverrides, that_are_wrong_are_told_with_variable_and_nearest_name) {
    EXPECT_THAT(
        apply({{"OTP_ROUTE_LOGIN", "Stych,,eko,eko"}, {"OTP_ROUTE_SIGN_UP_V2", "10npay"}}),
        ElementsAre(
            R"(/routes/login/use/0: OTP_ROUTE_LOGIN: unknown instance "Stych"; did you mean "stytch"?)",
            R"(/routes/login/use/1: OTP_ROUTE_LOGIN: unknown instance ""; known: "stytch", "eko" and "10npay")",
            R"(/routes/login/use/3: OTP_ROUTE_LOGIN: "eko" is named more than once)"
        )
    );
    EXPECT_THAT(
        apply({{"OTP_ROUTE_LOGIN", "STYTCH"}}),
        ElementsAre(
            R"(/routes/login/use/0: OTP_ROUTE_LOGIN: unknown instance "STYTCH"; did you mean "stytch"?)"
        )
    );
}

TEST_F(RouteOverrides, of_no_route_are_told_with_the_nearest_variable) {
    for (auto const* name :
         {"OTP_ROUTE_LOGN", "OTP_ROUTE_login", "otp_route_login", "Otp_Route_LOGIN"}) {
        EXPECT_THAT(
            apply({{name, "eko"}}),
            ElementsAre(
                "/routes: unknown route's variable \"" + std::string(name) +
                "\"; did you mean \"OTP_ROUTE_LOGIN\"?"
            )
        );
    }
    EXPECT_THAT(
        apply({{"OTP_ROUTE_SIGN-UP.V2", "eko"}}),
        ElementsAre(
            R"(/routes: unknown route's variable "OTP_ROUTE_SIGN-UP.V2"; did you mean "OTP_ROUTE_SIGN_UP_V2"?)"
        )
    );
    EXPECT_THAT(
        apply({{"OTP_ROUTE_", "eko"}}),
        ElementsAre(testing::StartsWith(R"(/routes: unknown route's variable "OTP_ROUTE_")"))
    );
    for (auto const* name : {"OTP_ROUTE", "OTP_ROUTER_URL", "MY_OTP_ROUTE_LOGIN"}) {
        EXPECT_THAT(apply({{name, "eko"}}), IsEmpty()) << name;
    }
}

TEST_F(RouteOverrides, of_no_route_are_not_looked_for_without_names) {
    Violations violations;
    apply_route_overrides(config_, lookup_of({{"OTP_ROUTE_LOGN", "eko"}}), nullptr, violations);
    // Names that the environment does not know, as those of the process where a test replaces it.
    apply_route_overrides(
        config_, lookup_of({}), names_of({{"OTP_ROUTE_LOGN", "eko"}}), violations
    );
    EXPECT_TRUE(violations.empty());
}

constexpr auto two_routes = R"({ "version": 1,
    "instances": { "a": { "vendor": "free" }, "b": { "vendor": "free" } },
    "routes": { "login": { "use": ["a"] }, "reset": { "use": ["a", "b"] } } })";

TEST(RouteOverridesOfAFile, are_applied_when_it_is_read) {
    ConfigFixture fixture;
    fixture.environment["OTP_ROUTE_LOGIN"] = "b";
    auto const config = fixture.parse(two_routes);
    ASSERT_TRUE(config) << config.error();
    EXPECT_THAT(config->routes[0].use, ElementsAre("b"));
    ASSERT_TRUE(config->routes[0].environment_override);
    EXPECT_THAT(config->routes[0].environment_override->configured_use, ElementsAre("a"));
    EXPECT_FALSE(config->routes[1].environment_override);
    EXPECT_FALSE(check_config(*config));
}

TEST(RouteOverridesOfAFile, are_mistakes_like_its_own) {
    ConfigFixture fixture;
    fixture.environment["OTP_ROUTE_LOGIN"] = "c";
    fixture.environment["OTP_ROUTE_RESETS"] = "b";
    EXPECT_THAT(
        fixture.mistakes(two_routes),
        ElementsAre(
            R"(/routes/login/use/0: OTP_ROUTE_LOGIN: unknown instance "c"; known: "a" and "b")",
            R"(/routes: unknown route's variable "OTP_ROUTE_RESETS"; did you mean "OTP_ROUTE_RESET"?)"
        )
    );
}

TEST(RoutesThatShareAVariable, are_refused_with_both_pointers) {
    ConfigFixture const fixture;
    EXPECT_THAT(
        fixture.mistakes(R"({ "version": 1, "instances": { "a": { "vendor": "free" } },
            "routes": { "log-in": { "use": ["a"] }, "log_in": { "use": ["a"] },
                        "Log.In": { "use": ["a"] }, "login": { "use": ["a"] } } })"),
        ElementsAre(
            "/routes/log_in: has the same environment variable as /routes/log-in, "
            "OTP_ROUTE_LOG_IN: "
            "rename one of them",
            "/routes/Log.In: has the same environment variable as /routes/log-in, "
            "OTP_ROUTE_LOG_IN: "
            "rename one of them"
        )
    );
}

TEST(RoutesThatShareAVariable, are_refused_in_code_too) {
    ClientConfig config;
    InstanceConfig instance;
    instance.name = "a";
    instance.vendor = "free";
    config.instances.push_back(std::move(instance));
    config.routes = {{"log-in", {"a"}}, {"log_in", {"a"}}};
    auto const error = check_config(config);
    ASSERT_TRUE(error);
    EXPECT_THAT(test::lines(*error), ElementsAre(testing::HasSubstr("/routes/log-in")));
    // The same name twice is one mistake.
    config.routes[1].name = "log-in";
    EXPECT_THAT(
        test::lines(*check_config(config)), ElementsAre("/routes/log-in: is given more than once")
    );
}

}  // namespace
}  // namespace otp::config
