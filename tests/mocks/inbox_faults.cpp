#include "raw_client.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <chrono>
#include <future>
#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

namespace otp::mocks::test {
namespace {

using namespace std::chrono_literals;

class InboxFaults : public testing::Test {
protected:
    Answer post(std::string const& body) { return bench.request("POST", "/api/faults", {}, body); }
    Answer list(std::string const& query = "") {
        return bench.request("GET", "/api/faults" + query, {});
    }
    int send(std::string const& to = "+12025550162") { return bench.send("stytch", to).status; }
    /// A send on a connection and a thread of its own; its status, 0 without an answer.
    std::future<int> send_beside() {
        return std::async(std::launch::async, [&] {
            httplib::Client client("127.0.0.1", bench.mock.port());
            auto const answer = client.Post(
                "/stytch/v1/otps/sms/send",
                bench.authorization("stytch"),
                R"({"phone_number":"+12025550162"})",
                "application/json"
            );
            return answer ? answer->status : 0;
        });
    }
    std::string outcome() {
        return bench.request("GET", "/api/exchanges?limit=1", {}).at("/0/outcome");
    }

    Bench bench;
};

TEST_F(InboxFaults, are_switched_on_and_off) {
    EXPECT_EQ(list().body, "[]");
    auto const added = post(R"({"fault":"html_502","vendor":"stytch"})");
    EXPECT_EQ(added.status, 201);
    EXPECT_EQ(
        added.body,
        R"({"id":"fault-1","fault":"html_502","vendor":"stytch","to":null,"step":null,)"
        R"("percent":100,"remaining":null,"delay_ms":0,"session":"","hits":0})"
    );
    EXPECT_EQ(send(), 502);
    EXPECT_EQ(bench.send("eko", "+919002336768").status, 200);
    EXPECT_EQ(list().at("/0/hits"), "1");
    auto const exchange = bench.request("GET", "/api/exchanges/exchange-1", {});
    EXPECT_EQ(exchange.at("/fault"), "\"fault-1\"");
    EXPECT_EQ(exchange.at("/to"), "\"+12025550162\"");
    EXPECT_EQ(exchange.at("/message"), "null") << "not obeyed";
    EXPECT_EQ(bench.request("DELETE", "/api/faults/fault-1", {}).status, 204);
    EXPECT_EQ(bench.request("DELETE", "/api/faults/fault-1", {}).status, 404);
    EXPECT_EQ(send(), 200);
}

TEST_F(InboxFaults, hit_the_next_few_of_a_step_and_a_recipient) {
    EXPECT_EQ(
        post(R"({"fault":"too_many_requests","vendor":"stytch","step":"send",)"
             R"("to":"+12025550162","count":2,"percent":100,"delay":null,"session":null})")
            .at("/remaining"),
        "2"
    );
    EXPECT_EQ(send("user@example.com"), 200);
    EXPECT_EQ(send(), 429);
    EXPECT_EQ(list().at("/0/remaining"), "1");
    EXPECT_EQ(send(), 429);
    EXPECT_EQ(list().body, "[]");
    EXPECT_EQ(send(), 200);
}

TEST_F(InboxFaults, find_the_recipient_of_a_check_that_names_a_key) {
    send();
    post(R"({"fault":"html_504","step":"verify","to":"+12025550162"})");
    EXPECT_EQ(bench.verify("stytch", "+12025550162", "000000").status, 504);
    auto const exchange = bench.request("GET", "/api/exchanges/exchange-2", {});
    EXPECT_EQ(exchange.at("/to"), "\"+12025550162\"");
    EXPECT_EQ(exchange.at("/message"), "\"message-1\"");
}

TEST_F(InboxFaults, refuse_what_is_none_and_say_why) {
    auto const wrong = [&](std::string const& body) {
        auto const answer = post(body);
        EXPECT_EQ(answer.status, 400) << body;
        return answer.at("/error");
    };
    EXPECT_NE(wrong(R"({"fault":"html_52"})").find("did you mean html_502?"), std::string::npos);
    EXPECT_NE(wrong(R"({"fault":"cut","vendor":"eco"})").find("mean eko?"), std::string::npos);
    EXPECT_EQ(wrong("{}"), "\"fault is missing\"");
    EXPECT_EQ(wrong(R"({"fault":7})"), "\"fault is of the wrong type\"");
    EXPECT_NE(wrong(R"({"fault":"cut","probability":7})").find("members are"), std::string::npos);
    for (char const* body :
         {"",
          "[]",
          R"({"fault":"cut","percent":0})",
          R"({"fault":"cut","percent":101})",
          R"({"fault":"cut","percent":-1})",
          R"({"fault":"cut","percent":4294967297})",
          R"({"fault":"cut","percent":1.5})",
          R"({"fault":"cut","count":0})",
          R"({"fault":"cut","count":18446744073709551615})",
          R"({"fault":"cut","delay":"61s"})",
          R"({"fault":"cut","delay":"-1ms"})",
          R"({"fault":"cut","delay":"soon"})",
          R"({"fault":"delay"})",
          R"({"fault":"cut","step":"login"})",
          R"({"fault":"cut","session":"a b"})"}) {
        EXPECT_NE(wrong(body), "") << body;
    }
    EXPECT_EQ(list().body, "[]");
    EXPECT_EQ(bench.request("PUT", "/api/faults", {}, "{}").status, 405);
    EXPECT_EQ(bench.request("GET", "/api/faults/fault-1", {}).status, 405);
    EXPECT_EQ(bench.request("DELETE", "/api/faults/known", {}).status, 405);
}

TEST_F(InboxFaults, are_listed_as_far_as_they_are_known) {
    auto const all = bench.request("GET", "/api/faults/known", {});
    EXPECT_EQ(all.status, 200);
    auto const of_eko = bench.request("GET", "/api/faults/known?vendor=eko", {}).json();
    EXPECT_LT(of_eko.as_array().size(), all.json().as_array().size());
    for (auto const& each : of_eko.as_array()) {
        EXPECT_EQ(each.as_object().size(), 6U);
        EXPECT_TRUE(each.at("vendor").is_null() || each.at("vendor").as_string() == "eko");
        // Each of them can be switched on.
        boost::json::object body{{"fault", each.at("fault")}, {"vendor", "eko"}};
        if (each.at("fault").as_string() == "delay") body["delay"] = "1ms";
        EXPECT_EQ(post(boost::json::serialize(body)).status, 201) << each;
        bench.mock.clear_faults();
    }
    EXPECT_EQ(bench.request("GET", "/api/faults/known?vendor=eco", {}).status, 400);
}

TEST_F(InboxFaults, are_of_a_session) {
    post(R"({"fault":"cut","session":"alice"})");
    bench.request("POST", "/api/faults?session=bob", {}, R"({"fault":"cut_body"})");
    EXPECT_EQ(list().body, "[]");
    EXPECT_EQ(list("?session=alice").at("/0/id"), "\"fault-1\"");
    EXPECT_EQ(list("?session=bob").at("/0/session"), "\"bob\"");
    EXPECT_EQ(
        bench.request("POST", "/api/faults?session=bob", {}, R"({"fault":"cut","session":"a"})")
            .status,
        400
    );
    EXPECT_EQ(send(), 200);
    bench.request("DELETE", "/api/faults?session=bob", {});
    EXPECT_EQ(list("?session=bob").body, "[]");
    EXPECT_NE(list("?session=alice").body, "[]");
    bench.request("DELETE", "/api/faults", {});
    EXPECT_EQ(list("?session=alice").body, "[]");
}

TEST_F(InboxFaults, cut_the_connection) {
    post(R"({"fault":"cut"})");
    EXPECT_EQ(send(), 0);
    EXPECT_EQ(outcome(), "\"cut_before_response\"");
    post(R"({"fault":"cut_body"})");
    EXPECT_EQ(send(), 0);
    EXPECT_EQ(outcome(), "\"cut_in_response\"");
    EXPECT_EQ(bench.mock.messages().size(), 2U) << "both were obeyed";
}

TEST_F(InboxFaults, delay_an_answer_and_nothing_else) {
    post(R"({"fault":"delay","delay":"150ms","count":1})");
    auto const begin = std::chrono::steady_clock::now();
    auto late = send_beside();
    EXPECT_TRUE(bench.mock.wait_for_message("stytch"));
    EXPECT_EQ(bench.send("eko", "+919002336768").status, 200) << "no lock is held";
    EXPECT_EQ(late.get(), 200);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 150ms);
    auto const exchange = bench.mock.exchanges("stytch").at(0);
    EXPECT_EQ(exchange.outcome, "answered");
    EXPECT_GE(exchange.took, 150ms);
}

TEST_F(InboxFaults, stall_an_answer_until_it_is_released) {
    post(R"({"fault":"stall","count":1})");
    auto stalled = send_beside();
    ASSERT_TRUE(bench.mock.wait_until_held(1));
    EXPECT_EQ(outcome(), "\"held\"");
    EXPECT_EQ(bench.send("eko", "+919002336768").status, 200) << "no lock is held";
    EXPECT_EQ(bench.request("GET", "/api/held/release", {}).status, 405);
    EXPECT_EQ(bench.request("POST", "/api/held/release", {}).status, 204);
    EXPECT_EQ(stalled.get(), 200);
    EXPECT_EQ(bench.mock.exchanges("stytch").at(0).outcome, "answered");
}

TEST_F(InboxFaults, end_with_the_vendors) {
    std::optional<Bench> other(std::in_place);
    MockFault fault{"delay"};
    fault.delay = 60s;
    other->mock.add_fault(fault);
    auto late = std::async(std::launch::async, [&, port = other->mock.port()] {
        httplib::Client client("127.0.0.1", port);
        static_cast<void>(client.Post("/stytch/v1/otps/sms/send", "{}", "application/json"));
    });
    while (other->mock.exchanges().empty()) std::this_thread::yield();
    auto const begin = std::chrono::steady_clock::now();
    other.reset();
    late.get();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
}

TEST_F(InboxFaults, are_members_of_the_mock_vendors_too) {
    auto const id = bench.mock.add_fault({"unavailable", "stytch"});
    EXPECT_EQ(send(), 503);
    EXPECT_TRUE(bench.mock.remove_fault(id));
    EXPECT_FALSE(bench.mock.remove_fault(id));
    EXPECT_THROW(bench.mock.add_fault({"unavailble"}), std::invalid_argument);
    bench.mock.add_fault({"unavailable"});
    bench.mock.clear_faults();
    EXPECT_EQ(send(), 200);
}

}  // namespace
}  // namespace otp::mocks::test
