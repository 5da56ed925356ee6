// OTP_ROUTE_<NAME>.
#include "config/route_override.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <vector>

namespace otp::config {
namespace {

using testing::ElementsAre;

class RouteOverride : public testing::Test {
protected:
    RouteOverride() {
        for (auto const* name : {"stytch", "eko", "10npay"}) {
            InstanceConfig instance;
            instance.name = name;
            instance.vendor = name;
            config_.instances.push_back(std::move(instance));
        }
        config_.routes.push_back({"login", {"stytch"}});
        config_.routes.push_back({"sign-up.v2", {"stytch", "eko"}});
    }

    std::optional<Error> apply(std::map<std::string, std::string> const& environment) {
        return apply_route_overrides(
            config_,
            [&environment](std::string const& name) -> std::optional<std::string> {
                auto const found = environment.find(name);
                return found == environment.end() ? std::nullopt : std::optional(found->second);
            }
        );
    }

    ClientConfig config_;
};

TEST_F(RouteOverride, variable_has_only_letters_digits_and_underscores) {
    EXPECT_EQ(route_variable("login"), "OTP_ROUTE_LOGIN");
    EXPECT_EQ(route_variable("sign-up.v2"), "OTP_ROUTE_SIGN_UP_V2");
    EXPECT_EQ(route_variable("logIn_3"), "OTP_ROUTE_LOGIN_3");
}

TEST_F(RouteOverride, changes_only_the_routes_that_are_named) {
    EXPECT_FALSE(apply({{"OTP_ROUTE_SIGN_UP_V2", "10npay"}, {"OTP_ROUTE_OTHER", "nobody"}}));
    EXPECT_THAT(config_.routes[0].use, ElementsAre("stytch"));
    EXPECT_THAT(config_.routes[1].use, ElementsAre("10npay"));
}

TEST_F(RouteOverride, takes_several_names_with_blanks) {
    EXPECT_FALSE(apply({{"OTP_ROUTE_LOGIN", " eko ,10npay,\tstytch\n"}}));
    EXPECT_THAT(config_.routes[0].use, ElementsAre("eko", "10npay", "stytch"));
}

TEST_F(RouteOverride, empty_variable_and_empty_function_change_nothing) {
    EXPECT_FALSE(apply({{"OTP_ROUTE_LOGIN", ""}}));
    EXPECT_FALSE(apply({{"OTP_ROUTE_LOGIN", "  "}}));
    EXPECT_FALSE(apply_route_overrides(config_, nullptr));
    EXPECT_THAT(config_.routes[0].use, ElementsAre("stytch"));
}

TEST_F(RouteOverride, mistakes_name_the_variable_and_change_nothing) {
    auto const error =
        apply({{"OTP_ROUTE_LOGIN", "stych,,eko,eko"}, {"OTP_ROUTE_SIGN_UP_V2", "10npay"}});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->category, ErrorCategory::config_invalid);
    EXPECT_EQ(error->delivery, Delivery::not_sent);
    EXPECT_EQ(error->message, "the environment overrides routes wrongly: OTP_ROUTE_LOGIN");
    ASSERT_EQ(error->violations.size(), 3U);
    EXPECT_EQ(error->violations[0].pointer, "/routes/login/use/0");
    EXPECT_EQ(
        error->violations[0].message,
        R"(OTP_ROUTE_LOGIN: unknown instance "stych"; did you mean "stytch"?)"
    );
    EXPECT_EQ(error->violations[1].pointer, "/routes/login/use/1");
    EXPECT_EQ(
        error->violations[1].message,
        R"(OTP_ROUTE_LOGIN: unknown instance ""; known: "stytch", "eko" and "10npay")"
    );
    EXPECT_EQ(error->violations[2].message, R"(OTP_ROUTE_LOGIN: "eko" is named more than once)");
    EXPECT_THAT(config_.routes[0].use, ElementsAre("stytch"));
    EXPECT_THAT(config_.routes[1].use, ElementsAre("stytch", "eko"));
}

}  // namespace
}  // namespace otp::config
