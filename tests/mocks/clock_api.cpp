#include "raw_client.hpp"

#include <gtest/gtest.h>
#include <stdexcept>
#include <string>

namespace otp::mocks::test {
namespace {

class ClockApi : public testing::Test {
protected:
    Answer read() { return bench.request("GET", "/api/clock", {}); }
    Answer put(std::string const& body) { return bench.request("PUT", "/api/clock", {}, body); }

    Bench bench;
};

TEST_F(ClockApi, tells_the_vendors_time) {
    auto const answer = read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"now":"2023-11-14T22:13:20.000Z","moved_ms":0})");
}

TEST_F(ClockApi, puts_it_forward_and_back_and_lets_it_run) {
    EXPECT_EQ(put(R"({"advance":"10m"})").at("/now"), "\"2023-11-14T22:23:20.000Z\"");
    EXPECT_EQ(put(R"({"advance":"-30s"})").at("/now"), "\"2023-11-14T22:22:50.000Z\"");
    bench.clock.advance(std::chrono::seconds(5));
    EXPECT_EQ(read().body, R"({"now":"2023-11-14T22:22:55.000Z","moved_ms":570000})");
}

TEST_F(ClockApi, sets_a_time_and_lets_it_run) {
    EXPECT_EQ(put(R"({"set":"2026-03-09T20:46:31Z"})").at("/now"), "\"2026-03-09T20:46:31.000Z\"");
    bench.clock.advance(std::chrono::seconds(5));
    EXPECT_EQ(read().at("/now"), "\"2026-03-09T20:46:36.000Z\"");
    EXPECT_EQ(bench.request("DELETE", "/api/clock", {}).at("/moved_ms"), "0");
    EXPECT_EQ(read().at("/now"), "\"2023-11-14T22:13:25.000Z\"");
}

TEST_F(ClockApi, refuses_what_it_does_not_know_and_stays_where_it_is) {
    for (char const* body :
         {"",
          "[]",
          "{}",
          "{\"advance\":\"10m\"",
          R"({"advance":600})",
          R"({"advance":"10"})",
          R"({"advance":"10 m"})",
          R"({"advance":"1.5h"})",
          R"({"advance":"m"})",
          R"({"advance":""})",
          R"({"advance":null})",
          R"({"advance":"99999999999999999999d"})",
          R"({"advance":"9223372036854775807ms"})",
          R"({"advance":"-100000d"})",
          R"({"set":"yesterday"})",
          R"({"set":"2026-03-09T20:46:31"})",
          R"({"set":"1969-12-31T23:59:59Z"})",
          R"({"set":"9999-12-31T23:59:59Z"})",
          R"({"set":1700000000})",
          R"({"set":"2026-03-09T20:46:31Z","advance":"10m"})",
          R"({"turn":"10m"})"}) {
        auto const answer = put(body);
        EXPECT_EQ(answer.status, 400) << body;
        EXPECT_NE(answer.at("/error"), "") << body;
    }
    EXPECT_EQ(bench.request("PUT", "/api/clock?a=b", {}, R"({"advance":"10m"})").status, 400);
    EXPECT_EQ(bench.request("GET", "/api/clock?a=b", {}).status, 400);
    EXPECT_EQ(bench.request("POST", "/api/clock", {}, R"({"advance":"10m"})").status, 405);
    EXPECT_EQ(read().at("/moved_ms"), "0");
}

TEST_F(ClockApi, takes_a_body_of_any_media_type) {
    auto const form = "application/x-www-form-urlencoded";
    EXPECT_EQ(bench.request("PUT", "/api/clock", {}, R"({"advance":"1ms"})", form).status, 200);
    EXPECT_EQ(read().at("/moved_ms"), "1");
}

TEST_F(ClockApi, lasts_longer_than_the_messages) {
    put(R"({"advance":"1d"})");
    bench.request("DELETE", "/api/messages", {});
    EXPECT_EQ(read().at("/moved_ms"), "86400000");
}

TEST(Clock, has_members_that_do_the_same) {
    Bench bench;
    auto const begin = bench.mock.now();
    EXPECT_EQ(begin, bench.clock.now());
    bench.mock.advance_clock(std::chrono::minutes(3));
    EXPECT_EQ(bench.mock.now(), begin + std::chrono::minutes(3));
    bench.mock.set_clock(begin - std::chrono::hours(1));
    EXPECT_EQ(bench.mock.now(), begin - std::chrono::hours(1));
    bench.mock.reset_clock();
    EXPECT_EQ(bench.mock.now(), begin);
    EXPECT_THROW(bench.mock.set_clock(MockOptions::Time::max()), std::invalid_argument);
    EXPECT_THROW(bench.mock.advance_clock(std::chrono::milliseconds::min()), std::invalid_argument);
    EXPECT_EQ(bench.mock.now(), begin);
}

TEST(Clock, is_told_with_each_answer_as_far_as_clients_can_know_it) {
    Bench bench;
    EXPECT_EQ(bench.send("stytch", "+12025550162").header("Date"), "Tue, 14 Nov 2023 22:13:20 GMT");
    bench.mock.advance_clock(std::chrono::hours(48));
    EXPECT_EQ(bench.send("stytch", "+12025550162").header("Date"), "Tue, 14 Nov 2023 22:13:20 GMT");
}

TEST(Clock, begins_with_its_offset) {
    MockOptions options;
    options.clock_offset = -std::chrono::minutes(20);
    Bench bench(options);
    EXPECT_EQ(bench.mock.now(), bench.clock.now() - std::chrono::minutes(20));
    // To Eko the client's clock is 20 minutes ahead.
    auto const refused = bench.send("eko", "+919002336768");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.header("Date"), "Tue, 14 Nov 2023 21:53:20 GMT");
    options.clock_offset = std::chrono::milliseconds::max();
    EXPECT_THROW(MockVendors{options}, std::invalid_argument);
}

}  // namespace
}  // namespace otp::mocks::test
