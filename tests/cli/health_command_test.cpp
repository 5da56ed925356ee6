// `otp health` connects to every instance, and fails where a route has none left.

#include "cli/support/two_vendors.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

[[nodiscard]] Finished health(std::string const& config, std::vector<std::string> const& more) {
    return otp_program(std::vector<std::string>{"health", "--config", config} + more);
}

TEST(HealthCommand, is_well_where_everybody_can_be_reached) {
    TwoVendors two;
    auto const checked = health(two.config(), {"--json"});
    EXPECT_EQ(checked.status, 0) << checked.out;
    auto const object = json::parse(checked.out).as_object();
    EXPECT_EQ(object.at("ok"), true);
    EXPECT_EQ(object.at("connections").as_array().size(), 5U);
    ASSERT_EQ(object.at("routes").as_array().size(), 6U);
    for (auto const& route : object.at("routes").as_array()) {
        EXPECT_EQ(route.at("usable"), true);
        if (route.at("route") != "login") continue;
        auto const& eko = route.at("instances").at(0);
        EXPECT_EQ(eko.at("instance"), "eko");
        EXPECT_EQ(eko.at("vendor"), "eko");
        EXPECT_EQ(eko.at("reachable"), true);
    }
    auto const for_people = health(two.config(), {});
    EXPECT_EQ(for_people.status, 0);
    EXPECT_THAT(for_people.out, HasSubstr("connection eko\n"));
    EXPECT_THAT(for_people.out, HasSubstr("route login: usable\n  reached       eko, stytch\n"));
    EXPECT_THAT(
        for_people.out,
        testing::EndsWith("Every route has an instance that can be reached; no request was sent.\n")
    );
    EXPECT_EQ(two.vendors().messages().size(), 0U);
}

/// Takes away all routes but `login`.
[[nodiscard]] std::string with_login_alone(TwoVendors const& two) {
    auto document = json::parse(two.setup().read("otp.json")).as_object();
    auto login = document.at("routes").at("login");
    document["routes"] = json::object{{"login", std::move(login)}};
    return two.setup().write("login.json", json::serialize(document));
}

TEST(HealthCommand, fails_only_where_a_route_has_nobody_left) {
    TwoVendors two;
    RefusingAddress const nobody;
    two.move_eko_to(nobody.base_url());
    auto const one_left = health(with_login_alone(two), {"--json"});
    EXPECT_EQ(one_left.status, 0) << one_left.out;
    auto const object = json::parse(one_left.out);
    EXPECT_EQ(object.at("ok"), true);
    EXPECT_EQ(object.at("routes").at(0).at("instances").at(0).at("reachable"), false);
    EXPECT_THAT(
        health(with_login_alone(two), {}).out,
        HasSubstr("route login: usable\n  reached       stytch; not eko\n")
    );

    // The route `eko` has nobody else.
    auto const none_left = health(two.config(), {"--json"});
    EXPECT_EQ(none_left.status, 1);
    EXPECT_EQ(json::parse(none_left.out).at("ok"), false);
    auto const for_people = health(two.config(), {});
    EXPECT_EQ(for_people.status, 1);
    EXPECT_THAT(
        for_people.out, HasSubstr("route eko: not usable\n  reached       nobody; not eko\n")
    );
    EXPECT_THAT(
        for_people.out,
        testing::EndsWith("No instance can be reached for eko; no request was sent.\n")
    );
}

TEST(HealthCommand, fails_where_a_rule_has_nobody_left) {
    TwoVendors two;
    RefusingAddress const nobody;
    two.move_eko_to(nobody.base_url());
    two.set_route(
        "rules",
        json::array{json::object{
            {"when", json::object{{"phone_prefix", json::array{"+91"}}}},
            {"use", json::array{"eko"}}}}
    );
    auto const checked = health(with_login_alone(two), {"--json"});
    EXPECT_EQ(checked.status, 1) << checked.out;
    auto const route = json::parse(checked.out).at("routes").at(0);
    EXPECT_EQ(route.at("usable"), false);
    EXPECT_EQ(route.at("rules").at(0).at("usable"), false);
}

TEST(HealthCommand, wants_everybody_where_there_are_no_routes) {
    TwoVendors two;
    auto document = json::parse(two.setup().read("otp.json")).as_object();
    document.erase("routes");
    auto const well = two.setup().write("well.json", json::serialize(document));
    auto const checked = health(well, {});
    EXPECT_EQ(checked.status, 0) << checked.out;
    EXPECT_THAT(
        checked.out, testing::EndsWith("All connections can be opened; no request was sent.\n")
    );
    RefusingAddress const nobody;
    document.at("instances").at("eko").as_object()["base_url"] = nobody.base_url();
    auto const ill = two.setup().write("ill.json", json::serialize(document));
    auto const failed = health(ill, {"--json"});
    EXPECT_EQ(failed.status, 1);
    EXPECT_EQ(json::parse(failed.out).at("ok"), false);
    EXPECT_THAT(json::parse(failed.out).at("routes").as_array(), testing::IsEmpty());
}

}  // namespace
}  // namespace otp::test
