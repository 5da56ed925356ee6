#include "raw_client.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace otp::mocks::test {
namespace {

class InboxLists : public testing::Test {
protected:
    Answer get(std::string const& path) { return bench.request("GET", "/api" + path, {}); }
    /// The codes or ids in a list, one after the other.
    std::string list(std::string const& path, char const* member) {
        std::string all;
        auto const answer = get(path).json();
        for (auto const& each : answer.as_array()) {
            all += std::string(each.at(member).as_string()) + " ";
        }
        return all;
    }

    Bench bench;
};

TEST_F(InboxLists, show_a_window_and_tell_how_much_there_is) {
    for (int sent = 0; sent < 4; ++sent) bench.send("stytch", "+12025550162");
    EXPECT_EQ(list("/messages?limit=2", "id"), "message-4 message-3 ");
    EXPECT_EQ(list("/messages?offset=1&limit=2", "id"), "message-3 message-2 ");
    EXPECT_EQ(list("/messages?offset=4", "id"), "");
    EXPECT_EQ(get("/messages?limit=2").header("X-Total-Count"), "4");
    EXPECT_EQ(get("/messages?limit=2&state=pending").header("X-Total-Count"), "1");
    EXPECT_EQ(list("/exchanges?offset=2&limit=1", "id"), "exchange-2 ");
    EXPECT_EQ(get("/exchanges?limit=1").header("X-Total-Count"), "4");
}

TEST_F(InboxLists, refuse_windows_and_states_that_are_none) {
    for (char const* query :
         {"limit=0",
          "limit=1001",
          "limit=-1",
          "limit=a",
          "limit=1.5",
          "limit=%201",
          "offset=-1",
          "offset=99999999999999999999999",
          "state=open",
          "q=",
          "message=",
          "session=a%20b"}) {
        EXPECT_EQ(get("/messages?" + std::string(query)).status, 400) << query;
    }
    EXPECT_EQ(get("/messages?limit=1000&offset=0&q=a&session=b").status, 200);
    EXPECT_EQ(get("/messages?message=message-1").status, 400) << "a parameter of exchanges";
    EXPECT_EQ(get("/exchanges?state=pending").status, 400) << "a parameter of messages";
    EXPECT_EQ(get("/messages?offset=18446744073709551615&limit=1000").body, "[]");
}

TEST_F(InboxLists, find_a_part_of_what_they_show) {
    bench.send("stytch", "+12025550162");
    bench.send("loyaltydog", "user@example.com");
    EXPECT_EQ(list("/messages?q=USER@ex", "vendor"), "loyaltydog ");
    EXPECT_EQ(list("/messages?q=" + bench.last_code("stytch"), "vendor"), "stytch ");
    EXPECT_EQ(list("/messages?q=code&vendor=stytch", "vendor"), "stytch ");
    EXPECT_EQ(list("/exchanges?q=/V1/otps", "vendor"), "stytch ");
    EXPECT_EQ(list("/exchanges?to=user@example.com", "vendor"), "loyaltydog ");
}

TEST_F(InboxLists, show_a_message_with_its_exchanges) {
    bench.send("stytch", "+12025550162");
    auto const code = bench.last_code("stytch");
    bench.verify("stytch", "+12025550162", wrong_code(code));
    bench.verify("stytch", "+12025550162", code);
    bench.send("eko", "+919002336768");
    auto const message = get("/messages/message-1");
    EXPECT_EQ(message.status, 200);
    EXPECT_EQ(message.at("/state"), "\"verified\"");
    EXPECT_EQ(message.at("/exchange"), "\"exchange-1\"");
    EXPECT_EQ(message.at("/exchanges/0/id"), "\"exchange-1\"");
    EXPECT_EQ(message.at("/exchanges/1/id"), "\"exchange-2\"");
    EXPECT_EQ(message.at("/exchanges/2/id"), "\"exchange-3\"");
    EXPECT_EQ(message.at("/exchanges/3"), "");
    EXPECT_EQ(message.at("/exchanges/1/to"), "\"+12025550162\"") << "the check names a method id";
    EXPECT_EQ(message.at("/exchanges/1/why/broken_by"), "\"body /code\"");
    EXPECT_EQ(message.at("/exchanges/2/why"), "null");
    EXPECT_EQ(list("/exchanges?message=message-1", "id"), "exchange-3 exchange-2 exchange-1 ");
    for (char const* id : {"message-3", "message-01", "message-", "exchange-1", "message-1/x"}) {
        EXPECT_EQ(get("/messages/" + std::string(id)).status, 404) << id;
    }
    EXPECT_EQ(bench.request("DELETE", "/api/messages/message-1", {}).status, 405);
}

TEST_F(InboxLists, show_an_exchange_whole) {
    bench.send("loyaltydog", "user@example.com");
    auto const exchange = get("/exchanges/exchange-1");
    EXPECT_EQ(exchange.status, 200);
    EXPECT_EQ(exchange.at("/vendor"), "\"loyaltydog\"");
    EXPECT_EQ(exchange.at("/method"), "\"POST\"");
    EXPECT_EQ(exchange.at("/path"), "\"/v2/giftcards/customers/otp/send\"");
    EXPECT_EQ(exchange.at("/outcome"), "\"answered\"");
    EXPECT_EQ(exchange.at("/at"), "\"2023-11-14T22:13:20.000Z\"");
    EXPECT_EQ(exchange.at("/request/body"), R"("{\"target\":\"user@example.com\"}")");
    EXPECT_EQ(exchange.at("/request/body_kind"), "\"json\"");
    EXPECT_NE(exchange.body.find(R"(["Authorization","Bearer ***"])"), std::string::npos);
    EXPECT_EQ(exchange.at("/request/query"), "\"\"");
    EXPECT_EQ(exchange.at("/answer/status"), "200");
    EXPECT_EQ(exchange.at("/answer/headers/0/0"), "\"Content-Type\"");
    EXPECT_EQ(exchange.at("/answer/headers/1"), R"(["Date","Tue, 14 Nov 2023 22:13:20 GMT"])");
    EXPECT_EQ(get("/exchanges/exchange-2").status, 404);
    EXPECT_EQ(bench.request("POST", "/api/exchanges", {}, "{}").status, 405);
}

TEST_F(InboxLists, keep_what_the_sdk_made_of_an_exchange) {
    auto headers = bench.authorization("stytch");
    std::string const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    headers.emplace("traceparent", trace);
    bench.request(
        "POST", "/stytch/v1/otps/sms/send", headers, R"({"phone_number":"+12025550162"})"
    );
    std::string const line = R"({"event":"attempt_ended","kind":"send","vendor":"stytch",)"
                             R"("traceparent":")" +
                             trace + R"(","failure":null})";
    auto const taken = bench.request("POST", "/api/verdicts", {}, line + "\n" + line + "\n{}\n");
    EXPECT_EQ(taken.body, R"({"taken":2,"matched":1})");
    EXPECT_EQ(get("/exchanges/exchange-1").at("/verdict"), line);
    EXPECT_EQ(bench.mock.exchanges("stytch").at(0).verdict, line);
    EXPECT_EQ(bench.request("GET", "/api/verdicts", {}).status, 405);
}

TEST_F(InboxLists, are_members_of_the_mock_vendors_too) {
    bench.send("stytch", "+12025550162");
    bench.send("eko", "+919002336768");
    EXPECT_EQ(bench.mock.exchanges().size(), 2U);
    auto const exchange = bench.mock.exchanges("eko", "9002336768").at(0);
    EXPECT_EQ(exchange.message, "message-2");
    EXPECT_EQ(exchange.request.body_kind, "json");
    EXPECT_EQ(bench.mock.messages("stytch").at(0).exchange, "exchange-1");
    EXPECT_THROW(static_cast<void>(bench.mock.exchanges("stych")), std::invalid_argument);
    bench.mock.clear();
    EXPECT_TRUE(bench.mock.exchanges().empty());
    EXPECT_EQ(get("/exchanges").header("X-Total-Count"), "0");
}

TEST(InboxKeeps, as_many_as_the_options_say) {
    MockOptions options;
    options.keep = 2;
    Bench bench(options);
    for (int sent = 0; sent < 3; ++sent) bench.send("eko", "+919002336768");
    EXPECT_EQ(bench.mock.messages().size(), 2U);
    EXPECT_EQ(bench.mock.exchanges().size(), 2U);
    EXPECT_EQ(bench.request("GET", "/api/health", {}).at("/keep"), "2");
    for (std::size_t const keep : {std::size_t{0}, std::size_t{1'000'001}}) {
        options.keep = keep;
        EXPECT_THROW(MockVendors{options}, std::invalid_argument);
    }
}

}  // namespace
}  // namespace otp::mocks::test
