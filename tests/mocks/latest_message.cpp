#include "raw_client.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <future>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace otp::mocks::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A request on a connection and a thread of its own.
std::future<Answer> ask(MockVendors const& mock, std::string const& query) {
    return std::async(std::launch::async, [port = mock.port(), query] {
        httplib::Client client("127.0.0.1", port);
        client.set_read_timeout(seconds(70));
        auto const result = client.Get("/api/messages/latest" + query);
        return result ? Answer{result->status, result->body, result->headers} : Answer{};
    });
}

class LatestMessage : public testing::Test {
protected:
    Answer latest(std::string const& query = "") {
        return bench.request("GET", "/api/messages/latest" + query, {});
    }

    /// Returns when that many requests wait; the test's own time-out ends it otherwise.
    void await_waiting(std::size_t count) {
        auto const wanted = std::to_string(count);
        while (bench.request("GET", "/api/health", {}).at("/waiting") != wanted) {
            std::this_thread::yield();
        }
    }

    Bench bench;
};

TEST_F(LatestMessage, is_the_newest_one) {
    bench.send("stytch", "+12025550162");
    bench.send("stytch", "+12025550162");
    bench.send("loyaltydog", "user@example.com");
    auto const answer = latest("?to=%2B12025550162&wait=10s");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.at("/id"), "\"message-2\"");
    EXPECT_EQ(answer.at("/code"), "\"" + bench.last_code("stytch") + "\"");
    EXPECT_EQ(answer.json().as_object().size(), 15U);
    EXPECT_EQ(latest().at("/vendor"), "\"loyaltydog\"");
    EXPECT_EQ(latest("?vendor=stytch").at("/vendor"), "\"stytch\"");
}

TEST_F(LatestMessage, is_not_found_if_there_is_none) {
    auto const answer = latest("?to=+12025550162");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.body, R"({"error":"no such message was sent"})");
    bench.send("stytch", "+12025550162");
    EXPECT_EQ(latest("?vendor=eko").status, 404);
    EXPECT_EQ(latest("?to=+12025550163").status, 404);
}

TEST_F(LatestMessage, is_waited_for_as_long_as_asked) {
    auto const begin = std::chrono::steady_clock::now();
    EXPECT_EQ(latest("?wait=50ms").status, 404);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(50));
}

TEST_F(LatestMessage, comes_to_all_who_wait_for_it_and_to_nobody_else) {
    auto first = ask(bench.mock, "?to=+12025550162&wait=60s");
    auto second = ask(bench.mock, "?vendor=stytch&wait=60s");
    auto other_person = ask(bench.mock, "?to=user@example.com&wait=60s");
    await_waiting(3);
    bench.send("eko", "+919002336768");
    await_waiting(3);
    bench.send("stytch", "+12025550162");
    auto const code = "\"" + bench.last_code("stytch") + "\"";
    EXPECT_EQ(first.get().at("/code"), code);
    EXPECT_EQ(second.get().at("/code"), code);
    await_waiting(1);
    bench.send("loyaltydog", "user@example.com");
    EXPECT_EQ(other_person.get().at("/vendor"), "\"loyaltydog\"");
    await_waiting(0);
}

TEST_F(LatestMessage, comes_before_an_answer_that_is_held) {
    auto waiting = ask(bench.mock, "?vendor=loyaltydog&wait=60s");
    await_waiting(1);
    auto held = std::async(std::launch::async, [&] {
        httplib::Client client("127.0.0.1", bench.mock.port());
        auto const answer = client.Post(
            "/loyaltydog/v2/giftcards/customers/otp/send",
            bench.authorization("loyaltydog"),
            R"({"target":"slow@error.example.com"})",
            "application/json"
        );
        return bool(answer);
    });
    EXPECT_EQ(waiting.get().at("/to"), "\"slow@error.example.com\"");
    ASSERT_TRUE(bench.mock.wait_until_held(1));
    bench.mock.release_held();
    EXPECT_TRUE(held.get());
}

TEST_F(LatestMessage, takes_a_wait_of_a_minute_at_most) {
    for (char const* wait :
         {"10",
          "s",
          "10x",
          "10S",
          "-1s",
          "-1ms",
          "1.5s",
          "61s",
          "2m",
          "1h",
          "60001ms",
          "10s%20",
          "%2010s",
          "10%",
          "",
          "99999999999999999999s",
          "9223372036854775807h"}) {
        auto const answer = latest("?wait=" + std::string(wait));
        EXPECT_EQ(answer.status, 400) << wait;
    }
    bench.send("stytch", "+12025550162");
    for (char const* wait : {"0s", "0ms", "60s", "1m", "60000ms"}) {
        EXPECT_EQ(latest("?wait=" + std::string(wait)).status, 200) << wait;
    }
}

TEST_F(LatestMessage, refuses_what_it_does_not_know) {
    EXPECT_EQ(latest("?vendor=stych").status, 400);
    EXPECT_EQ(latest("?to=").status, 400);
    EXPECT_EQ(latest("?wait=1s&wait=1s").status, 400);
    EXPECT_EQ(latest("?timeout=1s").status, 400);
    EXPECT_EQ(bench.request("DELETE", "/api/messages/latest", {}).status, 405);
    EXPECT_EQ(bench.request("GET", "/api/messages?wait=1s", {}).status, 400);
}

TEST_F(LatestMessage, is_waited_for_by_half_of_the_threads_at_most) {
    std::vector<std::future<Answer>> waiting;
    for (int count = 0; count < 4; ++count) waiting.push_back(ask(bench.mock, "?wait=60s"));
    await_waiting(4);
    auto const refused = latest("?wait=60s");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(latest().status, 404) << "no wait is asked for";
    // The others serve.
    bench.send("stytch", "+12025550162");
    for (auto& each : waiting) EXPECT_EQ(each.get().status, 200);
}

TEST(LatestMessageWait, ends_with_the_vendors) {
    std::optional<MockVendors> mock(std::in_place);
    auto waiting = ask(*mock, "?wait=60s");
    httplib::Client client("127.0.0.1", mock->port());
    auto const somebody_waits = [&] {
        auto const answer = client.Get("/api/health");
        return answer && answer->body.find("\"waiting\":1") != std::string::npos;
    };
    while (!somebody_waits()) std::this_thread::yield();
    auto const begin = std::chrono::steady_clock::now();
    mock.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(5));
    EXPECT_NE(waiting.get().status, 200);
}

TEST_F(LatestMessage, can_be_waited_for_in_the_process) {
    EXPECT_FALSE(bench.mock.wait_for_message("stytch", "+12025550162", milliseconds(0)));
    EXPECT_FALSE(bench.mock.wait_for_message("stytch", "+12025550162", milliseconds(20)));
    auto waiting = std::async(std::launch::async, [&] {
        return bench.mock.wait_for_message("stytch", "+12025550162", milliseconds::max());
    });
    await_waiting(1);
    bench.send("stytch", "+12025550162");
    auto const message = waiting.get();
    ASSERT_TRUE(message);
    EXPECT_EQ(message->code, bench.last_code("stytch"));
    EXPECT_THROW(static_cast<void>(bench.mock.wait_for_message("stych")), std::invalid_argument);
}

}  // namespace
}  // namespace otp::mocks::test
