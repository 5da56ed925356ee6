#include "inbox/exchange_log.hpp"
#include "inbox/verdict.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace otp::mocks::test {
namespace {

using Step = RequestSubject::Step;

constexpr char trace[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr char other_trace[] = "00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203331-01";

class ExchangeLogTest : public testing::Test {
protected:
    static MockExchange exchange(std::string vendor = "eko", std::string to = "+12025550162") {
        MockExchange made;
        made.vendor = std::move(vendor);
        made.to = std::move(to);
        made.path = "/Path";
        made.status = 200;
        return made;
    }
    static MockExchange traced(std::string vendor, int status = 200, std::string session = {}) {
        auto made = exchange(std::move(vendor));
        made.traceparent = trace;
        made.status = status;
        made.session = std::move(session);
        return made;
    }
    static std::vector<std::string> ids(ExchangePage const& page) {
        std::vector<std::string> all;
        for (auto const& each : page.exchanges) all.push_back(each.id);
        return all;
    }
    /// The id of the exchange that a verdict is kept beside; empty if there is none.
    std::string judged(Verdict const& verdict, std::optional<std::string_view> session = {}) {
        auto const* const found = log.judge(verdict, session);
        return found == nullptr ? std::string() : found->id;
    }

    ExchangeLog log{3};
};

TEST_F(ExchangeLogTest, keeps_the_newest) {
    EXPECT_EQ(log.next_number(), 1U);
    for (int added = 0; added < 5; ++added) log.add(traced("eko"), Step::send);
    EXPECT_EQ(log.size(), 3U);
    EXPECT_EQ(log.find(2), nullptr);
    ASSERT_NE(log.find(3), nullptr);
    EXPECT_EQ(log.find(3)->id, "exchange-3");
    EXPECT_EQ(log.find(6), nullptr);
    EXPECT_EQ(judged({trace}), "exchange-3") << "what is forgotten is no candidate";
}

TEST_F(ExchangeLogTest, keeps_fewer_that_are_large) {
    auto large = exchange();
    large.request.body = std::string(5000, 'a');
    log.add(large, Step::send);
    log.add(large, Step::send);
    log.add(large, Step::send);
    EXPECT_EQ(log.size(), 2U);
    large.request.body = std::string(100'000, 'a');
    log.add(large, Step::send);
    EXPECT_EQ(log.size(), 1U) << "the newest stays";
    log.add(exchange(), Step::send);
    EXPECT_EQ(log.size(), 1U);
    EXPECT_EQ(log.find(5)->request.body, "");
}

TEST_F(ExchangeLogTest, shows_a_window_of_what_is_asked_for) {
    log.add(exchange("eko"), Step::send);
    log.add(exchange("stytch", "user@example.com"), Step::send);
    log.add(exchange("eko", "+12025550163"), Step::send);
    EXPECT_EQ(
        ids(log.page({}, {})), (std::vector<std::string>{"exchange-3", "exchange-2", "exchange-1"})
    );
    auto const middle = log.page({}, {1, 1});
    EXPECT_EQ(ids(middle), std::vector<std::string>{"exchange-2"});
    EXPECT_EQ(middle.total, 3U);
    EXPECT_TRUE(log.page({}, {3, 1}).exchanges.empty());
    EXPECT_EQ(ids(log.page(MessageFilter("eko"), {1, 1})), std::vector<std::string>{"exchange-1"});
    EXPECT_EQ(log.page(MessageFilter("", "+12025550163"), {}).total, 1U);
}

TEST_F(ExchangeLogTest, finds_a_part_of_what_it_shows) {
    auto made = exchange("stytch");
    made.status = 429;
    made.fault = "fault-7";
    made.traceparent = trace;
    made.message = "message-4";
    made.request.body = "only in the body";
    log.add(made, Step::send);
    log.add(exchange(), Step::send);
    for (char const* text : {"/path", "stytch", "2025550162", "429", "fault-7", "0af765"}) {
        MessageQuery query;
        query.text = text;
        auto const found = ids(log.page(query, {}));
        ASSERT_FALSE(found.empty()) << text;
        EXPECT_EQ(found.back(), "exchange-1") << text;
    }
    MessageQuery query;
    query.text = "only in";
    EXPECT_EQ(log.page(query, {}).total, 0U);
    query.text = "";
    query.message = "message-4";
    EXPECT_EQ(ids(log.page(query, {})), std::vector<std::string>{"exchange-1"});
}

TEST_F(ExchangeLogTest, lets_a_held_answer_leave) {
    auto held = exchange();
    held.outcome = "held";
    held.status.reset();
    auto const number = log.add(held, Step::send).number;
    auto const* const left = log.release(number, {"answered", 204}, std::chrono::milliseconds(7));
    ASSERT_NE(left, nullptr);
    EXPECT_EQ(left->outcome, "answered");
    EXPECT_EQ(left->status, 204);
    EXPECT_EQ(left->took, std::chrono::milliseconds(7));
    EXPECT_EQ(log.release(99, {"answered", 204}, {}), nullptr);
}

TEST_F(ExchangeLogTest, forgets_a_session_and_no_other) {
    log.add(traced("eko", 200, "alice"), Step::send);
    log.add(traced("eko", 200, "bob"), Step::send);
    log.add(traced("eko"), Step::send);
    log.clear("alice");
    EXPECT_EQ(ids(log.page({}, {})), (std::vector<std::string>{"exchange-3", "exchange-2"}));
    EXPECT_EQ(judged({trace}), "exchange-2");
    log.clear("");
    EXPECT_EQ(ids(log.page({}, {})), std::vector<std::string>{"exchange-2"});
    log.clear();
    EXPECT_EQ(log.size(), 0U);
    EXPECT_EQ(log.add(exchange(), Step::send).id, "exchange-4") << "no id twice";
}

TEST_F(ExchangeLogTest, keeps_verdicts_in_the_order_of_the_attempts) {
    log.add(traced("eko"), Step::send);
    log.add(traced("eko"), Step::send);
    EXPECT_EQ(judged({other_trace}), "");
    EXPECT_EQ(judged({trace, "eko", Step::send, 200, "{}"}), "exchange-1");
    EXPECT_EQ(log.find(1)->verdict, "{}");
    EXPECT_EQ(judged({trace, "eko", Step::send, 200, "{}"}), "exchange-2");
    EXPECT_EQ(judged({trace, "eko", Step::send, 200, "{}"}), "") << "each has one";
}

TEST_F(ExchangeLogTest, tells_attempts_apart) {
    log.add(traced("eko", 401), Step::send);
    log.add(traced("stytch"), Step::verify);
    log.add(traced("stytch"), Step::send);
    EXPECT_EQ(judged({trace, "stytch", Step::send, 200}), "exchange-3") << "its step";
    EXPECT_EQ(judged({trace, "10npay"}), "") << "another vendor's";
    log.add(traced("eko", 200), Step::send);
    EXPECT_EQ(judged({trace, "eko", Step::send, 200}), "exchange-4") << "its status";
    EXPECT_EQ(judged({trace}), "exchange-2") << "whatever is left";
}

TEST_F(ExchangeLogTest, keeps_the_verdict_of_a_session_there) {
    log.add(traced("eko"), Step::send);
    log.add(traced("eko", 200, "alice"), Step::send);
    EXPECT_EQ(judged({trace}, "alice"), "exchange-2");
    EXPECT_EQ(judged({trace}, "alice"), "");
    EXPECT_EQ(judged({trace}, ""), "exchange-1");
}

TEST(Verdicts, are_the_attempts_that_name_a_trace) {
    std::string const line =
        R"({"event":"attempt_ended","kind":"verify","traceparent":"t","vendor":"eko","http_status":200})";
    auto const verdicts = read_verdicts(
        "\n" + line + "\r\n" + R"({"event":"attempt_begun","traceparent":"t"})" + "\n" +
        R"({"event":"attempt_ended"})" + "\n" + R"({"event":"attempt_ended","traceparent":""})" +
        "\n[]\n{\n" + R"({"event":"attempt_ended","kind":"send","traceparent":"u","vendor":null,)" +
        R"("http_status":null})"
    );
    ASSERT_EQ(verdicts.size(), 2U);
    EXPECT_EQ(verdicts[0].traceparent, "t");
    EXPECT_EQ(verdicts[0].vendor, "eko");
    EXPECT_EQ(verdicts[0].step, Step::verify);
    EXPECT_EQ(verdicts[0].status, 200);
    EXPECT_EQ(verdicts[0].event, line);
    EXPECT_EQ(verdicts[1].step, Step::send);
    EXPECT_EQ(verdicts[1].vendor, "");
    EXPECT_FALSE(verdicts[1].status);
    EXPECT_TRUE(read_verdicts("").empty());
}

}  // namespace
}  // namespace otp::mocks::test
