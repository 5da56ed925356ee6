// `otp explain` tells what `otp send` would do, and does nothing.

#include "cli/support/two_vendors.hpp"

#include <boost/json/parse.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;

class ExplainCommand : public testing::Test {
protected:
    [[nodiscard]] Finished explain(std::vector<std::string> const& options) const {
        return otp_program(std::vector<std::string>{"explain", "--config", two.config()} + options);
    }

    TwoVendors two;
};

[[nodiscard]] std::vector<std::string> names_in(json::value const& object) {
    std::vector<std::string> names;
    for (auto const& candidate : object.at("candidates").as_array()) {
        names.emplace_back(candidate.at("instance").as_string());
    }
    return names;
}

TEST_F(ExplainCommand, names_the_order_and_sends_nothing) {
    auto const explained = explain({"--route", "login", "--phone", ordinary_phone});
    EXPECT_EQ(explained.status, 0) << explained.err;
    EXPECT_EQ(
        explained.out,
        "route login\n"
        "  asked 1       eko\n"
        "  asked 2       stytch\n"
        "eko would be asked first; nothing was sent.\n"
    );
    EXPECT_EQ(two.vendors().messages().size(), 0U);
}

TEST_F(ExplainCommand, opens_no_connection) {
    RefusingAddress const nobody;
    two.move_eko_to(nobody.base_url());
    auto const explained = explain({"--route", "login", "--phone", ordinary_phone});
    EXPECT_EQ(explained.status, 0) << explained.err;
    EXPECT_THAT(explained.out, HasSubstr("eko would be asked first"));
}

TEST_F(ExplainCommand, says_why_somebody_is_not_asked) {
    auto const explained = explain({"--route", "login", "--email", "user@example.com", "--json"});
    EXPECT_EQ(explained.status, 0) << explained.err;
    auto const object = json::parse(explained.out).as_object();
    EXPECT_EQ(object.at("ok"), true);
    EXPECT_EQ(object.at("route"), "login");
    EXPECT_EQ(object.at("rule"), nullptr);
    ASSERT_THAT(names_in(object), ElementsAre("eko", "stytch"));
    auto const& eko = object.at("candidates").at(0);
    EXPECT_EQ(eko.at("vendor"), "eko");
    EXPECT_EQ(eko.at("usable"), false);
    EXPECT_EQ(eko.at("reason"), "cannot_serve");
    EXPECT_THAT(std::string(eko.at("explanation").as_string()), testing::StartsWith("/"));
    auto const& stytch = object.at("candidates").at(1);
    EXPECT_EQ(stytch.at("usable"), true);
    EXPECT_EQ(stytch.at("reason"), nullptr);
    EXPECT_EQ(stytch.at("explanation"), nullptr);

    auto const for_people = explain({"--route", "login", "--email", "user@example.com"});
    EXPECT_THAT(for_people.out, HasSubstr("  not asked     eko: cannot_serve, /"));
    EXPECT_THAT(for_people.out, HasSubstr("stytch would be asked first; nothing was sent.\n"));
}

TEST_F(ExplainCommand, fails_where_nobody_would_be_asked) {
    auto const explained = explain({"--instance", "eko", "--email", "user@example.com", "--json"});
    EXPECT_EQ(explained.status, 1) << explained.out;
    auto const object = json::parse(explained.out).as_object();
    EXPECT_EQ(object.at("ok"), true);
    EXPECT_EQ(object.at("route"), nullptr);
    EXPECT_THAT(names_in(object), ElementsAre("eko"));
    auto const for_people = explain({"--instance", "eko", "--email", "user@example.com"});
    EXPECT_EQ(for_people.status, 1);
    EXPECT_THAT(for_people.out, testing::StartsWith("instance eko\n"));
    EXPECT_THAT(for_people.out, HasSubstr("Nobody would be asked; nothing was sent.\n"));
}

TEST_F(ExplainCommand, names_the_rule_that_decides) {
    two.set_route(
        "rules",
        json::array{
            json::object{
                {"when", json::object{{"channel", json::array{"email"}}}},
                {"use", json::array{"stytch"}}},
            json::object{
                {"when", json::object{{"phone_prefix", json::array{"+91"}}}},
                {"use", json::array{"stytch", "eko"}}}}
    );
    auto const indian = explain({"--route", "login", "--phone", ordinary_phone, "--json"});
    EXPECT_EQ(json::parse(indian.out).at("rule"), 1);
    EXPECT_THAT(names_in(json::parse(indian.out)), ElementsAre("stytch", "eko"));
    auto const mail = explain({"--route", "login", "--email", "user@example.com"});
    EXPECT_THAT(mail.out, testing::StartsWith("route login, rule 0\n  asked 1       stytch\n"));
    auto const other = explain({"--route", "login", "--phone", "+12025550162", "--json"});
    EXPECT_EQ(json::parse(other.out).at("rule"), nullptr);
}

TEST_F(ExplainCommand, names_the_order_that_a_send_then_takes) {
    two.set_route("strategy", "weighted");
    two.set_route(
        "use",
        json::array{
            json::object{{"instance", "eko"}, {"weight", 1}},
            json::object{{"instance", "stytch"}, {"weight", 3}}}
    );
    auto const explained = explain({"--route", "login", "--phone", ordinary_phone, "--json"});
    auto const first = names_in(json::parse(explained.out)).front();
    auto const sent = two.send(ordinary_phone, {"--json"});
    EXPECT_EQ(json::parse(sent.out).at("attempts").at(0).at("instance"), first.c_str());
    EXPECT_THAT(
        explain({"--route", "login", "--phone", ordinary_phone}).out,
        HasSubstr("  strategy      weighted: ")
    );
}

TEST_F(ExplainCommand, takes_the_options_of_send_and_refuses_what_it_refuses) {
    for (std::string const command : {"explain", "send"}) {
        std::vector<std::string> const with_config{command, "--config", two.config()};
        auto const nobody = otp_program(with_config + std::vector<std::string>{"--route", "login"});
        EXPECT_EQ(nobody.status, 2);
        EXPECT_THAT(nobody.err, HasSubstr("give the recipient"));
        auto const lost = otp_program(
            with_config +
            std::vector<std::string>{"--route", "logout", "--phone", ordinary_phone, "--json"}
        );
        EXPECT_EQ(lost.status, 2);
        EXPECT_EQ(json::parse(lost.out).at("error").at("category"), "config_invalid");
    }
}

}  // namespace
}  // namespace otp::test
