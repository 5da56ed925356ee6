// The whole path with the real program: send, a wrong code, the right code, for every vendor.

#include "cli/support/mock_setup.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <tuple>

namespace otp::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

[[nodiscard]] std::vector<std::string> members(json::object const& object) {
    std::vector<std::string> names;
    for (auto const& member : object) names.emplace_back(member.key());
    return names;
}

/// The one object that is all of the output.
[[nodiscard]] json::object only_object(Finished const& finished) {
    EXPECT_EQ(std::count(finished.out.begin(), finished.out.end(), '\n'), 1) << finished.out;
    return json::parse(finished.out).as_object();
}

/// What is not there is null, at any depth, and neither an empty text nor a status of 0.
void expect_no_blanks(json::value const& value) {
    if (auto const* const array = value.if_array()) {
        for (auto const& element : *array) expect_no_blanks(element);
    }
    auto const* const object = value.if_object();
    if (object == nullptr) return;
    for (auto const& [key, member] : *object) {
        EXPECT_NE(member, "") << key;
        EXPECT_FALSE(key == "http_status" && member == 0);
        expect_no_blanks(member);
    }
}

class EveryVendor : public testing::TestWithParam<std::tuple<char const*, MockSetup::Security>> {};

TEST_P(EveryVendor, sends_and_verifies) {
    auto const [vendor, security] = GetParam();
    MockSetup setup(security);
    auto const handle = setup.file("handle.json");

    auto const sent = otp_program(
        std::vector<std::string>{"send", "--config", setup.config(), "--route", vendor} +
        example_person() + std::vector<std::string>{"--handle-out", handle, "--json"}
    );
    ASSERT_EQ(sent.status, 0) << sent.out << sent.err;
    EXPECT_EQ(sent.err, "");
    auto const receipt = only_object(sent);
    expect_no_blanks(receipt);
    EXPECT_THAT(
        members(receipt),
        testing::ElementsAre(
            "ok",
            "delivery",
            "may_have_sent_more",
            "instance",
            "vendor",
            "channel",
            "request_id",
            "expires_at",
            "handle",
            "attempts",
            "warnings",
            "test_code"
        )
    );
    EXPECT_EQ(receipt.at("ok"), true);
    EXPECT_EQ(receipt.at("delivery"), "accepted");
    EXPECT_EQ(receipt.at("instance"), vendor);
    EXPECT_EQ(receipt.at("vendor"), vendor);
    EXPECT_EQ(receipt.at("channel"), "sms");
    EXPECT_EQ(receipt.at("handle"), json::parse(setup.read("handle.json")));
    EXPECT_GE(receipt.at("attempts").as_array().size(), 1U);
    if (std::string_view(vendor) == "10npay") {
        EXPECT_TRUE(receipt.at("expires_at").is_null());
    } else {
        std::string const expiry(receipt.at("expires_at").as_string());
        std::regex const iso(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
        EXPECT_TRUE(std::regex_match(expiry, iso)) << expiry;
    }
    auto const permissions = std::filesystem::status(handle).permissions();
    EXPECT_EQ(
        permissions, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write
    );

    auto const code = setup.newest_code(vendor);
    std::vector<std::string> const verify{
        "verify", "--config", setup.config(), "--handle", handle, "--code", "-", "--json"};
    auto const refused = otp_program(verify, wrong_code(code) + "\n");
    EXPECT_EQ(refused.status, 4) << refused.out << refused.err;
    EXPECT_NE(only_object(refused).at("outcome"), "approved");
    EXPECT_EQ(only_object(refused).at("ok"), true);
    expect_no_blanks(only_object(refused));

    auto const approved = otp_program(verify, code + "\n");
    EXPECT_EQ(approved.status, 0) << approved.out << approved.err;
    EXPECT_EQ(only_object(approved).at("outcome"), "approved");
    EXPECT_EQ(only_object(approved).at("vendor"), vendor);
    EXPECT_THAT(approved.out, Not(HasSubstr(code)));
    expect_no_blanks(only_object(approved));

    auto const again = otp_program(verify, code + "\n");
    EXPECT_NE(again.status, 0) << "a code can be used once";
}

INSTANTIATE_TEST_SUITE_P(
    OverSockets,
    EveryVendor,
    testing::Combine(
        testing::ValuesIn(all_vendors),
        testing::Values(MockSetup::Security::plain, MockSetup::Security::tls)
    ),
    [](auto const& instance) {
        auto const secure = std::get<1>(instance.param) == MockSetup::Security::tls;
        return std::string(std::get<0>(instance.param)) + (secure ? "_over_tls" : "_in_plain_text");
    }
);

class Program : public testing::Test {
protected:
    [[nodiscard]] Finished send(
        std::string const& route,
        std::vector<std::string> const& more = {},
        Environment const& environment = {}
    ) {
        return otp_program(
            std::vector<std::string>{"send", "--config", setup.config(), "--route", route} +
                example_person() + more,
            {},
            environment
        );
    }

    MockSetup setup;
};

TEST_F(Program, speaks_to_people_without_json) {
    auto const handle = setup.file("handle.json");
    auto const sent = send("spherepay", {"--handle-out", handle});
    ASSERT_EQ(sent.status, 0) << sent.err;
    EXPECT_THAT(sent.out, HasSubstr("accepted by spherepay"));
    EXPECT_THAT(sent.out, HasSubstr(handle));
    EXPECT_THAT(sent.out, Not(HasSubstr("customer_")));
    auto const code = setup.newest_code("spherepay");

    std::vector<std::string> const verify{
        "verify", "--config", setup.config(), "--handle", handle, "--code"};
    auto const refused = otp_program(verify + std::vector<std::string>{wrong_code(code)});
    EXPECT_EQ(refused.status, 4);
    EXPECT_EQ(refused.out, "");
    EXPECT_THAT(refused.err, HasSubstr("not approved"));
    auto const approved = otp_program(verify + std::vector<std::string>{code});
    EXPECT_EQ(approved.status, 0) << approved.err;
    EXPECT_THAT(approved.out, testing::StartsWith("approved"));
}

TEST_F(Program, speaks_of_a_check_as_a_check) {
    auto const handle = setup.file("handle.json");
    ASSERT_EQ(send("stytch", {"--handle-out", handle}).status, 0);
    auto const code = setup.newest_code("stytch");
    std::vector<std::string> const verify{
        "verify", "--config", setup.config(), "--handle", handle, "--code", "-"};

    auto const refused = otp_program(verify, wrong_code(code) + "\n");
    EXPECT_EQ(refused.status, 4);
    std::regex const refusal(
        R"(  attempt       stytch: wrong_code, HTTP 404 otp_code_not_found, \d+ ms\n)"
    );
    EXPECT_TRUE(std::regex_search(refused.err, refusal)) << refused.err;
    EXPECT_THAT(refused.err, Not(HasSubstr("accepted")));

    auto const as_json =
        only_object(otp_program(verify + std::vector<std::string>{"--json"}, wrong_code(code)));
    auto const& attempt = as_json.at("attempts").at(0);
    EXPECT_EQ(attempt.at("outcome"), "wrong_code");
    EXPECT_EQ(attempt.at("vendor_code"), "otp_code_not_found");
    EXPECT_TRUE(attempt.at("delivery").is_null());
    EXPECT_TRUE(attempt.at("failure").is_null());

    auto const approved = otp_program(verify, code);
    std::regex const approval(R"(  attempt       stytch: approved, HTTP 200, \d+ ms\n)");
    EXPECT_TRUE(std::regex_search(approved.out, approval)) << approved.out;
}

TEST_F(Program, speaks_of_a_failed_check_as_a_check) {
    auto const handle = setup.file("handle.json");
    ASSERT_EQ(send("stytch", {"--handle-out", handle}).status, 0);
    auto const refused = otp_program(
        {"verify",
         "--config",
         setup.config(),
         "--handle",
         handle,
         "--code",
         "123456",
         "--field",
         "stytch.colour=red"}
    );
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(
        refused.err,
        testing::StartsWith("otp: failed, and the check was not counted: /vendor_fields/stytch/")
    );
    EXPECT_THAT(refused.err, HasSubstr("stytch: invalid_request, the check was not counted, "));
    EXPECT_THAT(refused.err, Not(HasSubstr("was sent")));
}

TEST_F(Program, takes_the_handle_from_the_output_of_send) {
    auto const sent = send("stytch", {"--json"});
    ASSERT_EQ(sent.status, 0) << sent.out;
    auto const verified = otp_program(
        {"verify",
         "--config",
         setup.config(),
         "--handle",
         "-",
         "--code",
         setup.newest_code("stytch")},
        sent.out
    );
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_F(Program, obeys_the_override_of_a_route) {
    auto const sent = send("login", {"--json"}, {{"OTP_ROUTE_LOGIN", "eko"}});
    ASSERT_EQ(sent.status, 0) << sent.out;
    EXPECT_EQ(only_object(sent).at("vendor"), "eko");
    EXPECT_EQ(setup.vendors().messages().size(), 1U);
    EXPECT_EQ(setup.vendors().messages("eko").size(), 1U);

    auto const unknown = send("login", {"--json"}, {{"OTP_ROUTE_LOGIN", "ekko"}});
    EXPECT_EQ(unknown.status, 2);
    EXPECT_EQ(only_object(unknown).at("error").at("category"), "config_invalid");
    EXPECT_EQ(setup.vendors().messages().size(), 1U);
}

TEST_F(Program, sends_to_one_instance_by_name) {
    auto const sent = otp_program(
        std::vector<std::string>{
            "send", "--config", setup.config(), "--instance", "loyaltydog", "--json"} +
        example_person()
    );
    ASSERT_EQ(sent.status, 0) << sent.out;
    EXPECT_EQ(only_object(sent).at("instance"), "loyaltydog");
}

TEST_F(Program, passes_every_option_on) {
    auto const sent =
        send("stytch", {"--channel", "whatsapp", "--locale", "fr", "--expires", "5m", "--json"});
    ASSERT_EQ(sent.status, 0) << sent.out;
    EXPECT_EQ(only_object(sent).at("channel"), "whatsapp");
    EXPECT_EQ(setup.vendors().messages("stytch").at(0).channel, "whatsapp");

    auto const mail = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "stytch",
         "--email",
         "user@example.com",
         "--json"}
    );
    ASSERT_EQ(mail.status, 0) << mail.out;
    EXPECT_EQ(only_object(mail).at("channel"), "email");

    auto const reference =
        send("eko", {"--reference", "20260522abc", "--field", "eko.csp_id=9002336768", "--json"});
    ASSERT_EQ(reference.status, 0) << reference.out;
    EXPECT_THAT(reference.out, HasSubstr("20260522abc"));
}

/// Of the only attempt: a member of the hint's entry.
[[nodiscard]] json::value of_hint(
    Finished const& finished, std::string_view hint, std::string_view member
) {
    auto const object = only_object(finished);
    for (auto const& entry : object.at("attempts").at(0).at("hints").as_array()) {
        if (entry.at("name") == json::string_view(hint.data(), hint.size())) {
            return entry.at(member);
        }
    }
    return "not listed";
}

/// Of the only attempt: the hint's `used`, or null.
[[nodiscard]] json::value used(Finished const& finished, std::string_view hint) {
    return of_hint(finished, hint, "used");
}

TEST_F(Program, passes_hints_on_as_they_come_to_any_vendor) {
    std::vector<std::string> const hints{
        "--locale",
        "en-US",
        "--expires",
        "120s",
        "--reference",
        "123e4567-e89b-12d3-a456-426614174000",
        "--client-ip",
        "203.0.113.5:51234, 10.0.0.1",
        "--user-agent",
        "tab\there",
        "--json"};
    for (std::string const vendor : all_vendors) {
        auto const sent = send(vendor, hints);
        ASSERT_EQ(sent.status, 0) << sent.out;
        bool const is_stytch = vendor == "stytch";
        EXPECT_EQ(used(sent, "locale"), is_stytch ? json::value("en") : json::value());
        EXPECT_EQ(used(sent, "expires_in"), is_stytch ? json::value("2m") : json::value());
        EXPECT_EQ(
            used(sent, "client.ip_address"),
            is_stytch ? json::value("203.0.113.***") : json::value()
        );
        EXPECT_EQ(
            used(sent, "client.user_agent"), is_stytch ? json::value("tab here") : json::value()
        );
        EXPECT_EQ(
            used(sent, "reference"),
            vendor == "eko" ? json::value("tbwa3skw3sbcwxmpngdg") : json::value()
        );
    }
}

TEST_F(Program, takes_whole_minutes_in_any_unit_and_any_number) {
    struct Example {
        std::string expires;
        std::string wanted;
    };
    for (Example const& example :
         {Example{"120s", "2m"},
          {"60000ms", "1m"},
          {"1h", "60m"},
          {"9999999999999h", "153722867280912m"},
          {"99999999999999999999ms", "153722867280912m"}}) {
        auto const sent = send("stytch", {"--expires", example.expires, "--json"});
        ASSERT_EQ(sent.status, 0) << example.expires << sent.out;
        EXPECT_EQ(of_hint(sent, "expires_in", "wanted"), json::value(example.wanted));
    }
}

TEST_F(Program, refuses_what_is_empty_and_may_not_be) {
    std::vector<std::vector<std::string>> const mistakes{
        {"--phone", "", "--email", "user@example.com"}, {"--phone", "+12025550162", "--email", ""}};
    for (auto const& mistake : mistakes) {
        auto const refused = otp_program(
            std::vector<std::string>{
                "send", "--config", setup.config(), "--route", "stytch", "--json"} +
            mistake
        );
        EXPECT_EQ(refused.status, 1) << refused.out;
        auto const pointer = only_object(refused).at("error").at("violations").at(0).at("pointer");
        EXPECT_THAT(std::string(pointer.as_string()), testing::AnyOf("/to/phone", "/to/email"));
    }
    EXPECT_THAT(setup.vendors().messages(), testing::IsEmpty());
}

TEST_F(Program, passes_an_empty_hint_on) {
    auto const sent = send(
        "stytch",
        {"--client-ip", "", "--user-agent", "", "--reference", "", "--locale", "", "--json"}
    );
    ASSERT_EQ(sent.status, 0) << sent.out;
    EXPECT_EQ(used(sent, "client.ip_address"), json::value());
    EXPECT_EQ(used(sent, "client.user_agent"), json::value());
    EXPECT_EQ(used(sent, "reference"), json::value());
    EXPECT_EQ(used(sent, "locale"), json::value());
}

TEST_F(Program, says_what_became_of_the_hints) {
    auto const sent =
        send("stytch", {"--locale", "en-US", "--expires", "15m", "--reference", "order-1"});
    ASSERT_EQ(sent.status, 0) << sent.err;
    EXPECT_THAT(
        sent.out, HasSubstr(", locale en for en-US, expires_in 10m for 15m, without reference\n")
    );
}

TEST_F(Program, reads_what_people_type) {
    auto const handle = setup.file("handle.json");
    auto const sent = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "stytch",
         "--phone",
         "\u2068+12025550162\u2069",
         "--handle-out",
         handle}
    );
    ASSERT_EQ(sent.status, 0) << sent.err;
    auto const code = setup.newest_code("stytch");
    std::string typed = "\u200E";
    for (char const digit : code) {
        typed += "\xEF\xBC";  // U+FF10 and on
        typed += static_cast<char>(0x90 + (digit - '0'));
        typed += ' ';
    }
    auto const verified = otp_program(
        {"verify",
         "--config",
         setup.config(),
         "--handle",
         handle,
         "--code",
         "-",
         "--client-ip",
         "unknown",
         "--json"},
        typed + "\n"
    );
    EXPECT_EQ(verified.status, 0) << verified.out;
    EXPECT_EQ(used(verified, "client.ip_address"), json::value());

    auto const mail = otp_program(
        {"send",
         "--config",
         setup.config(),
         "--route",
         "stytch",
         "--email",
         "user@example.com ",
         "--json"}
    );
    EXPECT_EQ(mail.status, 0) << mail.out;
}

TEST_F(Program, lists_what_each_vendor_honours) {
    auto const listed = only_object(otp_program({"vendors", "--json"}));
    for (auto const& vendor : listed.at("vendors").as_array()) {
        auto const& hints = vendor.at("hints");
        bool const is_stytch = vendor.at("name") == "stytch";
        EXPECT_EQ(hints.at("locales").as_array().size(), is_stytch ? 2U : 0U);
        EXPECT_EQ(hints.at("device_of_verify").at("ip_address"), is_stytch);
        std::map<std::string_view, json::value> const longest{{"eko", 20}, {"simulator", 64}};
        auto const found = longest.find(vendor.at("name").as_string());
        EXPECT_EQ(
            hints.at("reference_characters"), found == longest.end() ? json::value() : found->second
        );
        if (!is_stytch) continue;
        EXPECT_EQ(hints.at("locales").at(1).at("tags"), (json::array{"en", "es", "pt-br", "fr"}));
        EXPECT_EQ(hints.at("expires_in").at("longest_minutes"), 10);
        EXPECT_EQ(hints.at("device_of_send").at("user_agent_bytes"), 1024);
    }
    auto const shown = otp_program({"vendors"});
    EXPECT_THAT(shown.out, HasSubstr("locale (email): the nearest of en, es, pt-br, fr\n"));
    EXPECT_THAT(shown.out, HasSubstr("expires_in: 1 to 10 minutes\n"));
    EXPECT_THAT(shown.out, HasSubstr("reference: at most 20 characters\n"));
    EXPECT_THAT(shown.out, HasSubstr("client.ip_address: send, verify\n"));
    EXPECT_THAT(shown.out, HasSubstr("client.user_agent: send, verify, at most 1024 bytes\n"));
    EXPECT_THAT(shown.out, HasSubstr("none; all are left out\n"));
}

TEST_F(Program, reads_a_secret_field_from_a_file) {
    auto const bad = setup.write("csp_id", "90 2336768\n");
    auto const refused = send("eko", {"--field-file", "eko.csp_id=" + bad, "--json"});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.out, HasSubstr("/csp_id"));
    auto const good = setup.write("csp_id", "9002336768\n");
    EXPECT_EQ(send("eko", {"--field-file", "eko.csp_id=" + good, "--json"}).status, 0);
}

TEST_F(Program, chooses_the_only_route_or_the_only_instance) {
    auto config = json::parse(setup.read("otp.json")).as_object();
    auto const stytch = config.at("instances").at("stytch");
    config["instances"] = json::object{{"only", stytch}};
    config["routes"] = json::object{{"sign-in", json::object{{"use", json::array{"only"}}}}};
    auto const one_route = setup.write("one-route.json", json::serialize(config));
    auto const by_route =
        otp_program({"send", "--config", one_route, "--phone", "+12025550162", "--json"});
    EXPECT_EQ(by_route.status, 0) << by_route.out;

    config.erase("routes");
    auto const one_instance = setup.write("one-instance.json", json::serialize(config));
    auto const by_instance =
        otp_program({"send", "--config", one_instance, "--phone", "+12025550162", "--json"});
    EXPECT_EQ(by_instance.status, 0) << by_instance.out;
}

TEST(TestCode, is_shown_only_where_it_is_asked_for) {
    mocks::MockOptions options;
    options.development_mode = true;
    MockSetup setup(MockSetup::Security::plain, std::move(options));
    for (auto const* vendor : {"loyaltydog", "eko"}) {
        auto const send =
            std::vector<std::string>{"send", "--config", setup.config(), "--route", vendor} +
            example_person();
        auto const quiet = otp_program(send);
        ASSERT_EQ(quiet.status, 0) << quiet.err;
        EXPECT_THAT(quiet.out, HasSubstr("test code"));
        EXPECT_THAT(quiet.out, Not(HasSubstr(setup.newest_code(vendor))));
        auto const quiet_json = otp_program(send + std::vector<std::string>{"--json"});
        EXPECT_TRUE(json::parse(quiet_json.out).at("test_code").is_null());
        EXPECT_THAT(quiet_json.out, Not(HasSubstr(setup.newest_code(vendor))));
        auto const shown =
            otp_program(send + std::vector<std::string>{"--json", "--show-test-code"});
        EXPECT_EQ(json::parse(shown.out).at("test_code"), setup.newest_code(vendor).c_str());
    }
}

}  // namespace
}  // namespace otp::test
