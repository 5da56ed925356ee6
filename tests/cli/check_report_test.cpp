// What `otp check` finds out of a configuration, with environments and clocks of every kind.
#include "check_report.hpp"

#include "support/certificate_authority.hpp"
#include "support/temporary_directory.hpp"
#include "support/variable.hpp"

#include <boost/json/serialize.hpp>

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace otp::cli::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Clock::UtcTime now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 26) + 12h};

class CheckReportTest : public testing::Test {
protected:
    CheckReportTest() {
        InstanceConfig ten;
        ten.name = "ten";
        ten.vendor = "10npay";
        ten.environment = "test";
        ten.credentials.emplace("client_id", Secret("fake-client"));
        ten.credentials.emplace("client_secret", Secret("fake-client-secret"));
        config.instances.push_back(std::move(ten));
        InstanceConfig local;
        local.name = "local";
        local.vendor = "spherepay";
        local.base_url = "http://127.0.0.1:8080";
        local.credentials.emplace("api_key", Secret("fake-api-key"));
        config.instances.push_back(std::move(local));
        config.routes.push_back({"login", {"ten", "local"}});
    }

    CheckReport report(Clock::UtcTime at = now) const {
        return make_check_report(
            config,
            VendorRegistry::built_in(),
            [this](std::string const& name) -> std::optional<std::string> {
                auto const found = environment.find(name);
                return found == environment.end() ? std::nullopt : std::optional(found->second);
            },
            at
        );
    }
    std::string text(Clock::UtcTime at = now) const {
        std::ostringstream out;
        print_check(out, report(at));
        return std::move(out).str();
    }
    /// All but those of certificate authorities, which are the machine's.
    std::vector<std::string> warnings(Clock::UtcTime at = now) const {
        std::vector<std::string> messages;
        for (auto const& warning : report(at).warnings) {
            if (warning.instances.empty()) messages.push_back(warning.warning.message);
        }
        return messages;
    }

    ClientConfig config;
    std::map<std::string, std::string> environment;
};

TEST_F(CheckReportTest, tells_the_way_of_requests_and_of_tokens) {
    environment["HTTPS_PROXY"] = "http://user:secret-word@proxy.example.com:3128";
    environment["NO_PROXY"] = "example.org,auth-test.10npay.com";
    auto const shown = text();
    EXPECT_THAT(shown, HasSubstr("  proxy         proxy.example.com:3128 (HTTPS_PROXY)\n"));
    EXPECT_THAT(shown, HasSubstr("  token URL     https://auth-test.10npay.com/connect/token\n"));
    EXPECT_THAT(shown, HasSubstr("  token proxy   none (NO_PROXY, entry 2)\n"));
    EXPECT_THAT(shown, HasSubstr("  proxy         none (this machine)\n"));
    EXPECT_THAT(shown, Not(HasSubstr("secret-word")));

    auto const json = check_json(report());
    auto const& ten = json.at("instances").at(0);
    EXPECT_EQ(ten.at("proxy").at("address"), "proxy.example.com:3128");
    EXPECT_EQ(ten.at("proxy").at("reason"), "environment");
    EXPECT_EQ(ten.at("proxy").at("variable"), "HTTPS_PROXY");
    EXPECT_EQ(ten.at("proxy").at("entry"), nullptr);
    EXPECT_EQ(ten.at("tokens").at("proxy").at("address"), nullptr);
    EXPECT_EQ(ten.at("tokens").at("proxy").at("reason"), "no_proxy");
    EXPECT_EQ(ten.at("tokens").at("proxy").at("entry"), 2);
    EXPECT_EQ(json.at("instances").at(1).at("tokens"), nullptr);
    EXPECT_THAT(boost::json::serialize(json), Not(HasSubstr("secret-word")));
}

TEST_F(CheckReportTest, tells_of_a_route_what_is_used_and_why) {
    EXPECT_THAT(text(), HasSubstr("route login\n  use           ten, then local\n"));
    config.routes[0].use = {"local"};
    config.routes[0].environment_override = RouteOverride{"OTP_ROUTE_LOGIN", {"ten", "local"}};
    EXPECT_THAT(
        text(),
        HasSubstr("  use           local (OTP_ROUTE_LOGIN; the file says ten, then local)\n")
    );
    auto const json = check_json(report());
    auto const& route = json.at("routes").at(0);
    EXPECT_EQ(route.at("use"), (boost::json::array{"local"}));
    EXPECT_EQ(route.at("variable"), "OTP_ROUTE_LOGIN");
    EXPECT_EQ(route.at("configured_use"), (boost::json::array{"ten", "local"}));
}

TEST_F(CheckReportTest, tells_of_a_route_what_is_not_the_default) {
    auto& route = config.routes[0];
    EXPECT_THAT(text(), testing::EndsWith("route login\n  use           ten, then local\n"));
    route.strategy = RouteStrategy::weighted;
    route.weights = {{"ten", 3}};
    route.on_unknown = OnUnknown::failover;
    route.max_attempts = 10;
    route.rules.resize(2);
    route.rules[0].phone_prefixes = {"+91", "+92"};
    route.rules[0].use = {"local"};
    route.rules[1].phone_prefixes = {"+1"};
    route.rules[1].channels = {Channel::sms, Channel::email};
    route.rules[1].use = {"local", "ten"};
    route.rules[1].weights = {{"local", 2}};
    EXPECT_THAT(
        text(),
        testing::EndsWith("route login\n"
                          "  use           ten (weight 3), local (weight 1)\n"
                          "  strategy      weighted\n"
                          "  rule 0        phone +91 or +92: local (weight 1)\n"
                          "  rule 1        phone +1, channel sms or email: local (weight 2), ten "
                          "(weight 1)\n"
                          "  on unknown    failover, so two codes may arrive\n"
                          "  max attempts  10\n")
    );
}

TEST_F(CheckReportTest, tells_programs_all_of_a_route) {
    auto const plain = check_json(report()).at("routes").at(0);
    EXPECT_EQ(plain.at("strategy"), "in_order");
    EXPECT_EQ(plain.at("weights"), nullptr);
    EXPECT_EQ(plain.at("rules"), boost::json::array());
    EXPECT_EQ(plain.at("on_unknown"), "stop");
    EXPECT_EQ(plain.at("max_attempts"), 6);

    auto& route = config.routes[0];
    route.strategy = RouteStrategy::weighted;
    route.weights = {{"ten", 3}};
    route.rules.resize(1);
    route.rules[0].phone_prefixes = {"+91"};
    route.rules[0].use = {"local"};
    auto const full = check_json(report()).at("routes").at(0);
    EXPECT_EQ(full.at("weights"), (boost::json::object{{"ten", 3}, {"local", 1}}));
    auto const& rule = full.at("rules").at(0);
    EXPECT_EQ(rule.at("phone_prefix"), (boost::json::array{"+91"}));
    EXPECT_EQ(rule.at("channel"), boost::json::array());
    EXPECT_EQ(rule.at("use"), (boost::json::array{"local"}));
    EXPECT_EQ(full.at("configured_rules"), full.at("rules"));
}

TEST_F(CheckReportTest, tells_that_a_variable_takes_the_rules_away) {
    auto& route = config.routes[0];
    route.use = {"local"};
    route.environment_override = RouteOverride{"OTP_ROUTE_LOGIN", {"ten", "local"}, {RouteRule{}}};
    EXPECT_THAT(
        text(), HasSubstr("  rules         none (OTP_ROUTE_LOGIN takes the file's away)\n")
    );
    auto const shown = check_json(report()).at("routes").at(0);
    EXPECT_EQ(shown.at("rules").as_array().size(), 0U);
    EXPECT_EQ(shown.at("configured_rules").as_array().size(), 1U);
}

TEST_F(CheckReportTest, tells_how_many_authorities_there_are_and_where) {
    config.instances[0].tls.ca_file = "/no/such/ca.pem";
    EXPECT_THAT(
        text(),
        HasSubstr("  authorities   0 in /no/such/ca.pem (tls.ca_file): No such file or directory\n")
    );
    EXPECT_THAT(text(), HasSubstr("  authorities   none needed: no TLS\n"));
    auto const found = report();
    EXPECT_TRUE(found.prevents_sending());
    ASSERT_EQ(found.warnings.size(), 1U);
    EXPECT_EQ(found.warnings[0].warning.pointer, "/instances/ten/tls");
    EXPECT_THAT(found.warnings[0].instances, ElementsAre("ten"));
    EXPECT_THAT(found.warnings[0].warning.message, HasSubstr("/no/such/ca.pem"));
    EXPECT_THAT(text(), HasSubstr("problem /instances/ten/tls (ten): "));
    auto const json = check_json(found);
    EXPECT_EQ(json.at("instances").at(0).at("authorities").at(0).at("certificates"), 0);
    EXPECT_EQ(json.at("instances").at(1).at("authorities"), nullptr);
    EXPECT_EQ(json.at("warnings").at(0).at("prevents_sending"), true);
}

TEST_F(CheckReportTest, shows_a_variable_that_is_a_slip) {
    otp::test::TemporaryDirectory const hashed;
    std::filesystem::copy_file(otp::test::test_authority().ca_file(), hashed.path() / "0123abcd.0");
    otp::test::Variable const file("SSL_CERT_FILE", "/no/such/typo.pem");
    otp::test::Variable const folder("SSL_CERT_DIR", hashed.path());
    EXPECT_THAT(
        text(),
        HasSubstr(
            "  authorities   0 in /no/such/typo.pem (SSL_CERT_FILE): No such file or "
            "directory\n  authorities   1 in " +
            hashed.path().string()
        )
    );
    EXPECT_THAT(
        text(), HasSubstr("warning /instances/ten/tls (ten): SSL_CERT_FILE names /no/such")
    );
    EXPECT_FALSE(report(Clock::system()->utc_now()).prevents_sending());
}

TEST_F(CheckReportTest, fails_where_revocation_lists_have_expired) {
    auto& tls = config.instances[0].tls;
    tls.ca_file = otp::test::test_authority().ca_file();
    tls.crl_file = otp::test::test_authority().make_revocation_list();
    auto const future = Clock::system()->utc_now() + std::chrono::days(60);
    EXPECT_TRUE(report(future).prevents_sending());
    EXPECT_THAT(text(future), HasSubstr("problem /instances/ten/tls/crl_file (ten): A revocation"));
}

TEST_F(CheckReportTest, tells_once_what_several_instances_share) {
    InstanceConfig other;
    other.name = "other";
    other.vendor = "spherepay";
    other.credentials.emplace("api_key", Secret("fake-api-key"));
    config.instances.push_back(std::move(other));
    config.instances[0].tls.ca_file = "/no/such/ca.pem";
    config.instances[2].tls.ca_file = "/no/such/ca.pem";
    auto const found = report();
    ASSERT_EQ(found.warnings.size(), 1U);
    EXPECT_EQ(found.warnings[0].warning.pointer, "");
    EXPECT_THAT(found.warnings[0].instances, ElementsAre("ten", "other"));
}

TEST_F(CheckReportTest, has_what_reading_the_configuration_found) {
    config.warnings.push_back({"/instances/ten/credentials/client_id", "is open to all"});
    EXPECT_THAT(warnings(), ElementsAre("is open to all"));
    EXPECT_THAT(
        text(), HasSubstr("warning /instances/ten/credentials/client_id: is open to all\n")
    );
}

TEST_F(CheckReportTest, warns_of_a_clock_that_is_years_behind) {
    EXPECT_THAT(warnings(), IsEmpty());
    constexpr Clock::UtcTime newest_wrong{
        std::chrono::sys_days(std::chrono::year(2026) / 1 / 1) - 1ms};
    EXPECT_THAT(
        warnings(newest_wrong),
        ElementsAre(HasSubstr("this machine's clock says 2025-12-31T23:59:59.999Z"))
    );
    EXPECT_TRUE(report(newest_wrong).prevents_sending());
    EXPECT_THAT(warnings(newest_wrong + 1ms), IsEmpty());
    // No certificate is judged by it.
    config.instances.erase(config.instances.begin());
    EXPECT_FALSE(report(newest_wrong).prevents_sending());
}

TEST_F(CheckReportTest, warns_of_proxy_variables_that_contradict_each_other) {
    environment["HTTPS_PROXY"] = "http://proxy.example.com:3128";
    environment["https_proxy"] = "http://proxy.example.com:3128";
    EXPECT_THAT(warnings(), IsEmpty());
    environment["https_proxy"] = "http://other.example.com:3128";
    EXPECT_THAT(warnings(), ElementsAre("HTTPS_PROXY and https_proxy differ; HTTPS_PROXY is used"));
    environment["https_proxy"] = "";
    EXPECT_THAT(warnings(), IsEmpty());
    environment["NO_PROXY"] = "a.example.com";
    environment["no_proxy"] = "b.example.com";
    EXPECT_THAT(warnings(), ElementsAre("NO_PROXY and no_proxy differ; NO_PROXY is used"));
}

TEST_F(CheckReportTest, warns_of_a_proxy_that_is_meant_and_not_used) {
    for (auto const* name : {"ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"}) {
        environment = {{name, "http://proxy.example.com:3128"}};
        EXPECT_THAT(
            warnings(), ElementsAre(std::string(name) + " is set and not used: set HTTPS_PROXY")
        );
        environment["HTTPS_PROXY"] = "http://proxy.example.com:3128";
        EXPECT_THAT(warnings(), IsEmpty());
    }
    // Nobody goes directly who could go through it.
    environment = {{"ALL_PROXY", "http://proxy.example.com:3128"}};
    config.instances[0].proxy = ProxyConfig{"proxy.example.com", 3128, "", Secret()};
    EXPECT_THAT(warnings(), IsEmpty());
}

}  // namespace
}  // namespace otp::cli::test
