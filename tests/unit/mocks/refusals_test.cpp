// Every refusal tells why, and every answer to a code what it did to it.
#include "unit/mocks/asked_vendors.hpp"

#include <otp/mocks/vendor_names.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace otp::mocks::test {
namespace {

namespace json = boost::json;

// What is answered by a bare response was obeyed, and says so in its code.
static_assert(!std::is_convertible_v<MockResponse, VendorAnswer>);
static_assert(!std::is_constructible_v<Refusal, MockResponse>);

/// Reserved recipients that are answered as if they were obeyed.
bool is_accepted(ReservedRecipient const& listed) {
    static std::set<std::string> const users{"40005", "40006", "50004", "50005", "50006", "50007"};
    return listed.vendor == "10npay" && users.contains(listed.recipient);
}

TEST(Refusals, of_reserved_recipients_tell_why) {
    for (ReservedRecipient const& listed : reserved_recipients()) {
        SCOPED_TRACE(listed.vendor + " " + listed.recipient);
        AskedVendors vendors;
        auto answer = vendors.send(listed.vendor, listed.recipient);
        if (listed.step == MockStep::verify) {
            EXPECT_FALSE(answer.why);
            answer = vendors.ask(
                listed.vendor,
                vendors.verify_request(listed.vendor, vendors.last_code(), listed.recipient)
            );
        }
        if (is_obeyed(answer) || is_accepted(listed)) {
            EXPECT_FALSE(answer.why) << "nothing was refused";
        } else {
            expect_explained(answer);
            if (!answer.why) continue;
            EXPECT_TRUE(answer.why->demands.starts_with("Played, ")) << answer.why->demands;
            bool const documented = !answer.why->document.empty();
            EXPECT_TRUE(documented || listed.http_status == 200) << answer.why->demands;
        }
    }
}

class EachVendorsRefusals : public testing::TestWithParam<std::string> {
protected:
    /// All that can be taken from a request, or added to it, one at a time.
    static std::vector<MockRequest> spoilt(MockRequest const& good) {
        std::vector<MockRequest> all;
        auto const add = [&](auto change) {
            all.push_back(good);
            change(all.back());
        };
        add([](auto& request) { request.method = "PATCH"; });
        add([](auto& request) { request.path += "x"; });
        add([](auto& request) { request.query = "canary"; });
        add([](auto& request) { request.query = "colour=canary"; });
        add([](auto& request) { request.body = "{\"canary\""; });
        add([](auto& request) { request.body = "[\"canary\"]"; });
        add([](auto& request) { request.body.clear(); });
        for (auto const& [name, value] : good.headers) {
            all.push_back(with_header(good, name, ""));
            all.push_back(with_header(good, name, "canary"));
            all.push_back(good);
            all.back().headers.emplace_back(name, value);
        }
        all.push_back(with_members(good, R"({"colour":"canary"})"));
        all.push_back(with_members(good, R"({"a canary":1})"));
        auto const body = json::parse(good.body).as_object();
        for (auto const& member : body) {
            for (char const* value : {"null", "true", "\"\"", "\"canary\"", "-1", "1e9", "{}"}) {
                auto const changes = json::object{{member.key(), json::parse(value)}};
                all.push_back(with_members(good, json::serialize(changes)));
            }
        }
        return all;
    }

    void expect_each_explained(MockRequest const& good) {
        std::size_t refused = 0;
        for (MockRequest const& request : spoilt(good)) {
            SCOPED_TRACE(request.method + " " + request.path + " " + request.body);
            auto const answer = vendors.ask(GetParam(), request);
            if (is_obeyed(answer)) {
                EXPECT_FALSE(answer.why) << "nothing was refused";
                continue;
            }
            ++refused;
            expect_explained(answer);
            if (!answer.why) continue;
            EXPECT_FALSE(answer.why->document.empty());
            for (auto const& text : {answer.why->demands, answer.why->broken_by}) {
                EXPECT_EQ(text.find("canary"), std::string::npos) << text;
            }
        }
        EXPECT_GT(refused, 15U);
    }

    AskedVendors vendors;
};

INSTANTIATE_TEST_SUITE_P(
    Mocks,
    EachVendorsRefusals,
    testing::ValuesIn(vendor_names()),
    [](auto const& chosen) { return "vendor_" + chosen.param; }
);

TEST_P(EachVendorsRefusals, of_spoilt_sends_tell_why) {
    expect_each_explained(vendors.send_request(GetParam()));
}

TEST_P(EachVendorsRefusals, of_spoilt_checks_tell_why) {
    vendors.send(GetParam());
    expect_each_explained(vendors.verify_request(GetParam(), "123456"));
}

TEST_P(EachVendorsRefusals, of_codes_tell_what_a_code_must_be) {
    std::string const vendor = GetParam();
    auto const sent = vendors.send(vendor);
    ASSERT_TRUE(sent.sent);
    std::string const in_body = vendor == "eko" ? "body /otp" : "body /code";
    auto const demands = [&](std::string const& code) {
        auto const answer = vendors.verify(vendor, code);
        EXPECT_EQ(answer.why.value().broken_by, in_body);
        expect_explained(answer);
        return answer.why.value().demands;
    };
    auto const code = vendors.last_code();
    EXPECT_EQ(demands(wrong_code(code)), "The code must be the one of the newest message.");
    vendors.now = sent.sent->expires_at;
    EXPECT_NE(
        demands(code).find(vendor == "loyaltydog" ? "5 minutes" : "expires"), std::string::npos
    );
    vendors.now = first_moment;
    EXPECT_FALSE(vendors.verify(vendor, code).why);
    EXPECT_NE(demands(code).find("used once"), std::string::npos);
}

TEST_P(EachVendorsRefusals, count_wrong_tries) {
    std::string const vendor = GetParam();
    bool const has_limit = vendor == "loyaltydog";
    auto const sent = vendors.send(vendor).sent.value();
    EXPECT_EQ(sent.max_attempts.has_value(), has_limit) << "the only document with a number";
    for (std::size_t tried = 1; tried <= 3; ++tried) {
        auto const answer = vendors.verify(vendor, wrong_code(sent.code));
        ASSERT_TRUE(answer.settled);
        EXPECT_EQ(answer.settled->key, sent.key);
        EXPECT_EQ(answer.settled->wrong_attempts, tried);
        bool const locked = tried == sent.max_attempts;
        EXPECT_EQ(answer.settled->end, locked ? SettledCode::End::locked : SettledCode::End::wrong);
    }
    EXPECT_EQ(vendors.verify(vendor, sent.code).why.has_value(), has_limit);
}

/// One broken rule, and what is told of it.
struct Broken {
    char const* vendor;
    MockRequest request;
    char const* broken_by;
    /// A part of the sentence.
    char const* demands;
    /// A part of the URL.
    char const* document;
};

TEST(Refusals, name_the_place_the_rule_and_the_document) {
    AskedVendors vendors;
    auto const good = [&](char const* vendor) { return vendors.send_request(vendor); };
    auto const changed = [&](char const* vendor, char const* changes) {
        return with_members(vendors.send_request(vendor), changes);
    };
    auto const reused = changed("eko", R"({"client_ref_id":"twice"})");
    ASSERT_TRUE(is_obeyed(vendors.ask("eko", reused)));
    auto without_length = good("10npay");
    without_length.path = "/User/2077/phone-number/resend-code";
    without_length.body.clear();
    auto slow = good("spherepay");
    slow.path = "/v2/customer/canary/otp-send";
    std::vector<Broken> const table{
        {"spherepay", slow, "path", "customer_", "docs.spherepay.co"},
        {"spherepay",
         with_header(good("spherepay"), "Authorization", "Bearer  canary"),
         "header authorization",
         "one space",
         "authentication"},
        {"spherepay",
         with_header(good("spherepay"), "Authorization", "Bearer canary"),
         "header authorization",
         "API key of the account",
         "authentication"},
        {"spherepay",
         changed("spherepay", R"({"type":"fax"})"),
         "body /type",
         "phone or email",
         "send"},
        {"loyaltydog",
         changed("loyaltydog", R"({"target":"canary"})"),
         "body /target",
         "email address or a phone number",
         "sendcustomerotp"},
        {"loyaltydog",
         with_header(good("loyaltydog"), "Content-Type", "text/plain"),
         "header content-type",
         "application/json",
         "sendcustomerotp"},
        {"10npay", changed("10npay", R"({"id":0})"), "body /id", "1 to 2147483647", "send-verif"},
        {"10npay",
         changed("10npay", R"({"phoneNumber":"0881234567"})"),
         "body /phoneNumber",
         "E.164",
         "send-verif"},
        {"10npay", without_length, "header content-length", "Content-Length: 0", "resend"},
        {"eko",
         changed("eko", R"({"mobile":"+919002336768"})"),
         "body /mobile",
         "10 digits",
         "otp-send"},
        {"eko", changed("eko", R"({"csp_id":null})"), "body /csp_id", "is required", "otp-send"},
        {"eko",
         changed("eko", R"({"initiator_id":"1"})"),
         "body /initiator_id",
         "account",
         "otp-send"},
        // The answer is about what is missing as soon as anything is.
        {"eko",
         changed("eko", R"({"initiator_id":7,"csp_id":null})"),
         "body /csp_id",
         "is required",
         "otp-send"},
        {"eko", reused, "body /client_ref_id", "new one for each request", "otp-send"},
        {"stytch",
         changed("stytch", R"({"phone_number":"2025550162"})"),
         "body /phone_number",
         "E.164",
         "errors/400"},
        {"stytch",
         changed("stytch", R"({"attributes":{"colour":"red"}})"),
         "body /attributes/colour",
         "ip_address and user_agent",
         "otp/via-sms/send"},
        {"stytch",
         changed("stytch", R"({"phone_number":"+12025550198"})"),
         "body /phone_number",
         "login_or_create",
         "errors/404"},
        {"stytch",
         with_header(good("stytch"), "Authorization", "Basic canary"),
         "header authorization",
         "project id and the secret",
         "errors/401"},
    };
    for (Broken const& row : table) {
        SCOPED_TRACE(std::string(row.vendor) + " " + row.broken_by + " " + row.demands);
        auto const answer = vendors.ask(row.vendor, row.request);
        expect_explained(answer);
        if (!answer.why) continue;
        EXPECT_EQ(answer.why->broken_by, row.broken_by);
        EXPECT_NE(answer.why->demands.find(row.demands), std::string::npos) << answer.why->demands;
        EXPECT_NE(answer.why->document.find(row.document), std::string::npos)
            << answer.why->document;
    }
}

TEST(Refusals, of_several_wrong_members_name_the_first) {
    AskedVendors vendors;
    auto const place = [&](char const* vendor, char const* changes) {
        auto const request = with_members(vendors.verify_request(vendor, "123456"), changes);
        return vendors.ask(vendor, request).why.value().broken_by;
    };
    EXPECT_EQ(place("spherepay", R"({"type":7,"code":7})"), "body /type");
    EXPECT_EQ(place("loyaltydog", R"({"target":7,"code":7})"), "body /target");
    EXPECT_EQ(place("10npay", R"({"id":"7","code":7})"), "body /id");
    EXPECT_EQ(place("eko", R"({"otp":7,"mobile":7})"), "body /otp");
    EXPECT_EQ(place("stytch", R"({"method_id":7,"code":7})"), "body /method_id");
}

TEST(Refusals, of_a_phone_that_is_taken_or_unknown_name_it) {
    AskedVendors vendors;
    auto resend = vendors.send_request("10npay", "7");
    resend.path = "/User/7/phone-number/resend-code";
    resend.headers.emplace_back("Content-Length", "0");
    resend.body.clear();
    EXPECT_EQ(vendors.ask("10npay", resend).why.value().broken_by, "path");
    vendors.send("10npay", "7");
    vendors.send("10npay", "2077");
    vendors.verify("10npay", vendors.last_code());
    EXPECT_EQ(vendors.send("10npay", "7").why.value().broken_by, "body /phoneNumber");
    auto const again = vendors.ask("10npay", resend).why.value();
    EXPECT_EQ(again.broken_by, "path");
    EXPECT_EQ(again.demands, "A phone number must belong to one user only.");
    EXPECT_FALSE(vendors.send("10npay", "2077").why) << "a verified number is no refusal";
}

TEST(Refusals, of_too_many_sends_name_the_limit) {
    AskedVendors vendors;
    for (int sent = 0; sent < 5; ++sent) EXPECT_FALSE(vendors.send("loyaltydog").why);
    auto const why = vendors.send("loyaltydog").why.value();
    EXPECT_EQ(why.broken_by, "body /target");
    EXPECT_EQ(why.demands, "A target may be sent 5 codes an hour and 10 a day.");
}

}  // namespace
}  // namespace otp::mocks::test
