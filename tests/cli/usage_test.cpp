// What is wrong with a command line or a configuration is said before anything else happens.

#include "cli/support/mock_setup.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

class Usage : public testing::Test {
protected:
    [[nodiscard]] std::vector<std::string> send(std::vector<std::string> const& options) const {
        return std::vector<std::string>{"send", "--config", setup.config()} + options;
    }

    MockSetup setup;
};

TEST_F(Usage, errors_have_their_own_status_and_an_object) {
    std::vector<std::string> const phone{"--route", "stytch", "--phone", "+12025550162"};
    std::vector<std::vector<std::string>> const mistakes{
        {},
        {"sned"},
        {"send"},
        {"send", "--config"},
        {"send", "--config", setup.config(), "--frobnicate"},
        send({"--phone", "+12025550162"}),
        send({"--route", "stytch"}),
        send({"--route", "stytch", "--instance", "stytch", "--phone", "+12025550162"}),
        send(phone + std::vector<std::string>{"--expires", "5"}),
        send(phone + std::vector<std::string>{"--expires", "5 minutes"}),
        send(phone + std::vector<std::string>{"--expires", "m"}),
        send(phone + std::vector<std::string>{"--expires", ""}),
        send(phone + std::vector<std::string>{"--expires", "500ms"}),
        send(phone + std::vector<std::string>{"--expires", "90s"}),
        send(phone + std::vector<std::string>{"--expires", "60001ms"}),
        send(phone + std::vector<std::string>{"--expires", "-5m"}),
        send(phone + std::vector<std::string>{"--expires", "0m"}),
        send(phone + std::vector<std::string>{"--expires", "0ms"}),
        send(phone + std::vector<std::string>{"--expires", "-99999999999999999999m"}),
        send(phone + std::vector<std::string>{"--channel", ""}),
        send(phone + std::vector<std::string>{"--handle-out", ""}),
        send(phone + std::vector<std::string>{"--handle-out", "-"}),
        send({"--route", "", "--phone", "+12025550162"}),
        send({"--instance", "", "--phone", "+12025550162"}),
        send(phone + std::vector<std::string>{"--channel", "pigeon"}),
        send(phone + std::vector<std::string>{"--user", "2077"}),
        send(phone + std::vector<std::string>{"--user", "nobody=2077"}),
        send(phone + std::vector<std::string>{"--user", "10npay=1", "--user", "10npay=2"}),
        send(phone + std::vector<std::string>{"--field", "eko=1"}),
        send(phone + std::vector<std::string>{"--field", "nobody.key=1"}),
        send(phone + std::vector<std::string>{"--field", "eko.csp_id"}),
        send(phone + std::vector<std::string>{"--field-file", "eko.csp_id=/no/such/file"}),
        send(phone + std::vector<std::string>{"--field", "eko.a=1", "--field", "eko.a=2"}),
        {"explain", "--config", setup.config(), "--route", "stytch"},
        {"explain", "--config", setup.config(), "--phone", "+12025550162"},
        {"health"},
        {"verify", "--config", setup.config(), "--handle", "-", "--code", "-"},
        {"verify", "--config", setup.config(), "--handle", "/no/such/file", "--code", "1"},
        {"mock", "--tls-cert", "certificate.pem"},
        {"mock", "--port", "many"},
    };
    for (auto const& mistake : mistakes) {
        SCOPED_TRACE(testing::PrintToString(mistake));
        auto const for_people = otp_program(mistake);
        EXPECT_EQ(for_people.status, 2);
        EXPECT_EQ(for_people.out, "");
        EXPECT_THAT(for_people.err, testing::StartsWith("otp: "));
        if (!mistake.empty() && mistake.front() == "mock") continue;
        auto const as_json = otp_program(mistake + std::vector<std::string>{"--json"});
        EXPECT_EQ(as_json.status, 2);
        auto const object = json::parse(as_json.out).as_object();
        EXPECT_EQ(object.at("ok"), false);
        EXPECT_EQ(object.at("error").at("delivery"), "not_sent");
    }
    EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
}

TEST_F(Usage, an_empty_value_behind_an_equals_sign_is_one) {
    // Scripts write them where a variable is empty.
    auto const finished = otp_program(
        {"send", "--config", "/nowhere", "--phone=+12025550162", "--client-ip=", "--reference="}
    );
    EXPECT_EQ(finished.status, 2);
    EXPECT_EQ(finished.err.find("--client-ip"), std::string::npos) << finished.err;
    EXPECT_NE(finished.err.find("/nowhere"), std::string::npos) << finished.err;
}

TEST_F(Usage, without_a_target_lists_what_there_is) {
    auto const lost = otp_program(send({"--phone", "+12025550162"}));
    EXPECT_EQ(lost.status, 2);
    for (auto const* name : {"login", "spherepay", "loyaltydog", "10npay", "eko", "stytch"}) {
        EXPECT_THAT(lost.err, HasSubstr(name));
    }
}

TEST_F(Usage, of_an_unknown_route_is_the_configurations_fault) {
    auto const lost = otp_program(send({"--route", "logout", "--phone", "+12025550162", "--json"}));
    EXPECT_EQ(lost.status, 2);
    EXPECT_EQ(json::parse(lost.out).at("error").at("category"), "config_invalid");
}

TEST_F(Usage, help_is_no_error) {
    for (auto const* command :
         {"send", "explain", "verify", "check", "health", "vendors", "mock"}) {
        auto const help = otp_program({command, "--help"});
        EXPECT_EQ(help.status, 0);
        EXPECT_THAT(help.out, HasSubstr("Usage: otp"));
    }
    EXPECT_THAT(otp_program({"--help"}).out, HasSubstr("Exit status"));
}

TEST_F(Usage, check_shows_what_a_configuration_means) {
    auto const checked = otp_program({"check", "--config", setup.config()});
    EXPECT_EQ(checked.status, 0) << checked.err;
    EXPECT_THAT(checked.out, HasSubstr("developer_key"));
    for (auto const& secret : mock_secrets()) {
        EXPECT_THAT(checked.out, testing::Not(HasSubstr(secret)));
    }

    auto const object =
        json::parse(otp_program({"check", "--config", setup.config(), "--json"}).out).as_object();
    EXPECT_EQ(object.at("ok"), true);
    EXPECT_EQ(object.at("instances").as_array().size(), 5U);
    EXPECT_EQ(object.at("routes").as_array().size(), 6U);
    for (auto const& instance : object.at("instances").as_array()) {
        std::string const vendor(instance.at("vendor").as_string());
        EXPECT_EQ(instance.at("base_url"), setup.vendors().base_url(vendor).c_str());
        EXPECT_GE(instance.at("credentials").as_array().size(), 1U);
        EXPECT_GE(instance.at("channels").as_array().size(), 1U);
    }
    EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
}

TEST_F(Usage, check_reports_all_mistakes_together) {
    auto const config = setup.write("wrong.json", R"({
        "version": 1,
        "defaults": { "deadline": "8" },
        "instances": {
            "a": { "vendor": "stitch", "credentials": {} },
            "b": { "vendor": "spherepay", "credentials": { "api_keys": "${env:NOT_SET_ANYWHERE}" } }
        },
        "routes": { "login": { "use": ["c"] } },
        "colour": "blue"
    })");
    auto const checked = otp_program({"check", "--config", config, "--json"});
    EXPECT_EQ(checked.status, 2);
    auto const object = json::parse(checked.out).as_object();
    std::vector<std::string> pointers;
    for (auto const& violation : object.at("error").at("violations").as_array()) {
        pointers.emplace_back(violation.at("pointer").as_string());
    }
    for (auto const* pointer :
         {"/defaults/deadline",
          "/instances/a/vendor",
          "/instances/b/credentials/api_keys",
          "/routes/login/use/0",
          "/colour"}) {
        EXPECT_THAT(pointers, testing::Contains(pointer));
    }
    auto const for_people = otp_program({"check", "--config", config});
    EXPECT_EQ(for_people.status, 2);
    EXPECT_EQ(for_people.out, "");
    for (auto const& pointer : pointers) EXPECT_THAT(for_people.err, HasSubstr(pointer));
}

/// A configuration of one instance that asks for its access token at an address of its own.
[[nodiscard]] std::string with_addresses(std::string_view base_url, std::string_view token_url) {
    json::object const instance{
        {"vendor", "10npay"},
        {"environment", "test"},
        {"base_url", base_url},
        {"credentials",
         json::object{{"client_id", "fake-client"}, {"client_secret", "fake-client-secret"}}},
        {"options", json::object{{"token_url", token_url}}}};
    return json::serialize(json::object{
        {"version", 1},
        {"allow_inline_secrets", true},
        {"instances", json::object{{"ten", instance}}}});
}

TEST_F(Usage, check_refuses_an_address_whose_host_ends_a_line) {
    auto const check = [this](std::string_view base_url, std::string_view token_url) {
        auto const config = setup.write("addresses.json", with_addresses(base_url, token_url));
        return otp_program({"check", "--config", config, "--json"});
    };
    constexpr char const* base_url = "https://api.example.com/v1";
    constexpr char const* token_url = "https://auth.example.com/connect/token";
    auto const good = check(base_url, token_url);
    EXPECT_EQ(good.status, 0) << good.out;

    for (std::string const wrong :
         {"https://a%0d%0aX:1/",
          "https://a%0D%0AX:1/",
          "https://a%0aX:1/",
          "https://a%00X:1/",
          "https://a..secret:1/",
          "https://user:secret@a.example/",
          "https://127.1/secret",
          "https://2130706433:1/secret",
          "http://127.0.0.1.secret.example:1/",
          "http://secret.localhost:1/",
          "https://a\r\nX:1/"}) {
        SCOPED_TRACE(wrong);
        auto const refused_token = check(base_url, wrong);
        auto const refused_base = check(wrong, token_url);
        for (auto const& [refused, pointer] :
             {std::pair(refused_token, "/instances/ten/options/token_url"),
              std::pair(refused_base, "/instances/ten/base_url")}) {
            EXPECT_EQ(refused.status, 2) << refused.out;
            auto const object = json::parse(refused.out).as_object();
            EXPECT_EQ(object.at("ok"), false);
            auto const& violations = object.at("error").at("violations").as_array();
            ASSERT_EQ(violations.size(), 1U) << refused.out;
            EXPECT_EQ(violations[0].at("pointer"), pointer);
            EXPECT_THAT(refused.out + refused.err, Not(HasSubstr("secret")));
        }
    }
}

TEST_F(Usage, check_refuses_variables_of_a_proxy_without_their_text) {
    auto const config = setup.write(
        "proxied.json",
        with_addresses("https://api.example.com", "https://auth.example.com/connect/token")
    );
    for (auto const& variables : std::vector<Environment>{
             {{"HTTPS_PROXY", "http://corp:sec#ret@proxy.example:3128"}},
             {{"https_proxy", "http://corp:sec@ret@proxy.example:3128"}},
             {{"HTTPS_PROXY", "socks5://corp:secret@proxy.example:1080"}},
             {{"HTTPS_PROXY", "http://proxy.example:3128"}, {"NO_PROXY", "foo,http://secret"}},
         }) {
        auto const refused = otp_program({"check", "--config", config}, "", variables);
        EXPECT_EQ(refused.status, 2);
        EXPECT_EQ(refused.out, "");
        EXPECT_THAT(refused.err, HasSubstr(variables.back().first));
        for (auto const* const part : {"sec#", "sec@", "ret@", "secret", "corp", "proxy.example"}) {
            EXPECT_THAT(refused.err, Not(HasSubstr(part)));
        }
    }
}

TEST_F(Usage, check_of_a_file_that_is_not_there) {
    auto const checked = otp_program({"check", "--config", "/no/such/file.json"});
    EXPECT_EQ(checked.status, 2);
    EXPECT_THAT(checked.err, HasSubstr("configuration"));
}

TEST(Vendors, are_listed_with_what_they_need) {
    auto const listed = otp_program({"vendors", "--json"});
    EXPECT_EQ(listed.status, 0);
    auto const object = json::parse(listed.out).as_object();
    std::vector<std::string> names;
    for (auto const& vendor : object.at("vendors").as_array()) {
        if (vendor.at("in_process").as_bool()) continue;  // simulator_test.cpp
        names.emplace_back(vendor.at("name").as_string());
        EXPECT_GE(vendor.at("channels").as_array().size(), 1U);
        EXPECT_GE(vendor.at("credentials").as_array().size(), 1U);
        EXPECT_TRUE(vendor.at("documentation_url").as_string().starts_with("https://"));
    }
    EXPECT_THAT(names, testing::UnorderedElementsAreArray(all_vendors));

    auto const for_people = otp_program({"vendors"});
    EXPECT_EQ(for_people.status, 0);
    for (auto const* vendor : all_vendors) EXPECT_THAT(for_people.out, HasSubstr(vendor));
}

}  // namespace
}  // namespace otp::test
