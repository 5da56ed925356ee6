#include "raw_client.hpp"

#include <boost/json/array.hpp>

#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

class InboxApi : public testing::Test {
protected:
    Answer messages(std::string const& query = "") {
        return bench.request("GET", "/api/messages" + query, {});
    }
    std::size_t count(std::string const& query) { return messages(query).json().as_array().size(); }

    Bench bench;
};

TEST_F(InboxApi, tells_what_was_sent_newest_first) {
    EXPECT_EQ(messages().body, "[]");
    bench.send("spherepay", good_recipient("spherepay"));
    bench.clock.advance(std::chrono::milliseconds(1500));
    bench.send("eko", "+919002336768");
    auto const answer = messages();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    EXPECT_EQ(answer.at("/0/vendor"), "\"eko\"");
    EXPECT_EQ(answer.at("/0/channel"), "\"sms\"");
    EXPECT_EQ(answer.at("/0/to"), "\"+919002336768\"");
    EXPECT_EQ(answer.at("/0/code"), "\"" + bench.last_code("eko") + "\"");
    EXPECT_EQ(answer.at("/0/sent_at"), "\"2023-11-14T22:13:21.500Z\"");
    EXPECT_EQ(answer.at("/0/state"), "\"pending\"");
    EXPECT_EQ(answer.at("/1/vendor"), "\"spherepay\"");
    EXPECT_EQ(answer.at("/1/to"), "\"customer_f31121c389624d3697cbf3ea8830b7a4\"");
    EXPECT_NE(answer.at("/0/id"), answer.at("/1/id"));
    EXPECT_EQ(answer.json().at(0).as_object().size(), 15U);
}

TEST_F(InboxApi, filters_by_vendor_and_recipient) {
    bench.send("eko", "+919002336768");
    bench.send("stytch", "+12025550162");
    bench.send("loyaltydog", "user@example.com");
    EXPECT_EQ(count(""), 3U);
    EXPECT_EQ(count("?vendor=eko"), 1U);
    EXPECT_EQ(count("?vendor=spherepay"), 0U);
    EXPECT_EQ(count("?to=+12025550162"), 1U);
    EXPECT_EQ(count("?to=%2B12025550162"), 1U);
    EXPECT_EQ(count("?to=9002336768"), 1U);
    EXPECT_EQ(count("?vendor=loyaltydog&to=user%40example.com"), 1U);
    EXPECT_EQ(count("?vendor=eko&to=user%40example.com"), 0U);
}

TEST_F(InboxApi, finds_a_recipient_as_a_person_spells_it) {
    bench.send("stytch", "+12025550162");
    bench.send("loyaltydog", "user@example.com");
    bench.send("spherepay", "customer_a");
    EXPECT_EQ(count("?to=%20+12025550162%20"), 1U);
    EXPECT_EQ(count("?to=%E2%81%A8+12025550162%E2%81%A9"), 1U) << "direction marks";
    EXPECT_EQ(count("?to=%EF%BC%8B%EF%BC%91%EF%BC%92025550162"), 1U) << "full-width forms";
    EXPECT_EQ(count("?to=user%EF%BC%A0example.com%20"), 1U);
    EXPECT_EQ(count("?to=customer_a"), 1U);
    EXPECT_EQ(count("?to=customer_A"), 0U);
    EXPECT_EQ(count("?to=12025550162"), 0U) << "a number without its plus is another one";
    EXPECT_EQ(bench.mock.messages("stytch", " +12025550162").size(), 1U);
}

TEST_F(InboxApi, names_the_nearest_vendor) {
    auto const answer = messages("?vendor=stych");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(
        answer.at("/error"),
        "\"no such vendor; did you mean stytch? There are spherepay, loyaltydog, 10npay, eko, "
        "stytch\""
    );
    EXPECT_EQ(
        messages("?vendor=Eko").at("/error").substr(0, 34), "\"no such vendor; did you mean eko?"
    );
    EXPECT_EQ(
        messages("?vendor=twilio").at("/error").substr(0, 37),
        "\"no such vendor; there are spherepay,"
    );
    EXPECT_EQ(messages("?vendor=" + std::string(5000, 'x')).status, 400);
}

TEST_F(InboxApi, overlooks_no_parameter) {
    bench.send("eko", "+919002336768");
    for (char const* query :
         {"?vendor",
          "?vendor=",
          "?to",
          "?to=",
          "?=eko",
          "?&vendor=eko",
          "?vendor=eko&&to=a",
          "?to=%00"}) {
        EXPECT_EQ(messages(query).status, 400) << query;
    }
    EXPECT_EQ(bench.request("DELETE", "/api/messages?vendor=stytch", {}).status, 400);
    EXPECT_EQ(count(""), 1U);
    EXPECT_EQ(bench.request("DELETE", "/api/tokens?vendor=stytch", {}).status, 400);
}

TEST_F(InboxApi, tells_that_it_is_there) {
    auto const answer = bench.request("GET", "/api/health", {});
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(
        answer.body,
        R"({"status":"ok","vendors":["spherepay","loyaltydog","10npay","eko","stytch"],"waiting":0,)"
        R"("messages":0,"exchanges":0,"sessions":1,"keep":20000})"
    );
    EXPECT_EQ(bench.request("GET", "/api/health?a=b", {}).status, 400);
    EXPECT_EQ(bench.request("DELETE", "/api/health", {}).status, 405);
}

TEST_F(InboxApi, refuses_what_it_does_not_know) {
    EXPECT_EQ(messages("?sender=eko").status, 400);
    EXPECT_EQ(messages("?vendor=eko&vendor=eko").status, 400);
    EXPECT_EQ(messages("?to=%2").status, 400);
    EXPECT_EQ(bench.request("POST", "/api/messages", {}, "{}").status, 405);
    EXPECT_EQ(bench.request("GET", "/api/tokens", {}).status, 405);
    EXPECT_EQ(bench.request("GET", "/api", {}).status, 404);
    EXPECT_EQ(bench.request("DELETE", "/", {}).status, 404);
    EXPECT_EQ(bench.request("GET", "/stytched/v1/otps/sms/send", {}).status, 404);
}

TEST_F(InboxApi, delete_makes_the_vendors_forget) {
    bench.send("eko", "+919002336768");
    auto const code = bench.last_code("eko");
    EXPECT_EQ(bench.request("DELETE", "/api/messages", {}).status, 204);
    EXPECT_EQ(messages().body, "[]");
    EXPECT_EQ(bench.verify("eko", "+919002336768", code).at("/status"), "1");
}

}  // namespace
}  // namespace otp::mocks::test
