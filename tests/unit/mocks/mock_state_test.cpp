#include "inbox/mock_state.hpp"

#include "all_vendors.hpp"
#include "unit/mocks/played_vendor.hpp"

#include <otp/mocks/vendor_names.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace otp::mocks::test {
namespace {

MockOptions seeded() {
    MockOptions options;
    options.seed = 7;
    options.now = [] { return first_moment; };
    return options;
}

std::unique_ptr<MockState> make_state() {
    auto const options = seeded();
    return std::make_unique<MockState>(
        [options] { return all_vendors(options); }, make_clock(options), options.seed
    );
}

MockRequest send_request(int user) {
    auto const id = std::to_string(user);
    return json_request(
        "POST",
        "/User/phone-number/send-code",
        bearer(MockCredentials().ten_n_pay_access_token),
        R"({"id":)" + id + R"(,"phoneNumber":"+35988)" + std::to_string(1000000 + user) + "\"}"
    );
}

MockRequest verify_request(int user, std::string const& code) {
    return json_request(
        "POST",
        "/User/phone-number/verify",
        bearer(MockCredentials().ten_n_pay_access_token),
        R"({"id":)" + std::to_string(user) + R"(,"code":")" + code + "\"}"
    );
}

TEST(AllVendors, have_the_order_and_the_names_of_the_list) {
    auto const vendors = all_vendors(MockOptions{});
    ASSERT_EQ(vendors.size(), vendor_names().size());
    for (std::size_t at = 0; at < vendors.size(); ++at) {
        EXPECT_EQ(vendors[at]->name(), vendor_names()[at]);
    }
}

TEST(AllVendors, answer_the_same_to_the_same_request_state_time_and_seed) {
    auto const first = make_state();
    auto const second = make_state();
    for (int user = 1; user < 10; ++user) {
        auto const answered = first->answer("10npay", send_request(user));
        auto const again = second->answer("10npay", send_request(user));
        EXPECT_EQ(answered.body, again.body);
        EXPECT_EQ(answered.headers, again.headers);
    }
    auto const one = first->messages(MessageFilter());
    auto const other = second->messages(MessageFilter());
    ASSERT_EQ(one.size(), 9U);
    ASSERT_EQ(other.size(), one.size());
    for (std::size_t at = 0; at < one.size(); ++at) EXPECT_EQ(one[at].code, other[at].code);
}

TEST(MockStateTest, adds_the_clients_date_to_each_answer) {
    auto const state = make_state();
    state->advance_clock(std::chrono::hours(1));
    MockHeaders const expected{{"Date", "Tue, 14 Nov 2023 22:13:20 GMT"}};
    EXPECT_EQ(state->answer("10npay", send_request(1)).headers, expected);
}

TEST(MockStateTest, forgets_messages_and_codes_together) {
    auto const state = make_state();
    static_cast<void>(state->answer("10npay", send_request(1)));
    auto const code = state->messages(MessageFilter()).at(0).code;
    state->forget();
    EXPECT_TRUE(state->messages(MessageFilter()).empty());
    EXPECT_EQ(state->answer("10npay", verify_request(1, code)).status, 400);
}

TEST(MockStateTest, wakes_a_wait_when_a_message_comes) {
    auto const state = make_state();
    auto waiting = std::async(std::launch::async, [&] {
        return state->await_message(MessageFilter("10npay"), std::chrono::seconds(60), 1);
    });
    while (state->waiting() == 0) std::this_thread::yield();
    static_cast<void>(state->answer("10npay", send_request(1)));
    // Long before the wait would end by itself.
    ASSERT_EQ(waiting.wait_for(std::chrono::seconds(30)), std::future_status::ready);
    auto const awaited = waiting.get();
    EXPECT_EQ(awaited.end, AwaitedMessage::End::arrived);
    EXPECT_TRUE(awaited.message);
}

/// Of a vendor that notices when two threads ask it at once.
struct NoticingState {
    std::atomic<int>* inside;
    std::atomic<bool>* overlapped;

    void forget() {}
};

VendorAnswer answer_noticing(MockRequest const&, NoticingState& state, VendorContext const&) {
    if (++*state.inside != 1) *state.overlapped = true;
    std::this_thread::yield();
    --*state.inside;
    return VendorAnswer(empty_response(204));
}

TEST(MockStateTest, asks_a_vendor_from_one_thread_at_a_time) {
    std::atomic<int> inside{0};
    std::atomic<bool> overlapped{false};
    auto const make_vendors = [&] {
        std::vector<std::unique_ptr<Vendor>> vendors;
        vendors.push_back(make_vendor("acme", NoticingState{&inside, &overlapped}, answer_noticing)
        );
        return vendors;
    };
    MockState state(make_vendors, make_clock(seeded()), 7);
    auto const ask = [&state] {
        for (int asked = 0; asked < 2000; ++asked) {
            static_cast<void>(state.answer("acme", MockRequest{}));
        }
    };
    std::thread first(ask);
    std::thread second(ask);
    first.join();
    second.join();
    EXPECT_FALSE(overlapped);
}

TEST(MockStateTest, serves_many_threads) {
    constexpr int threads = 4;
    constexpr int users = 100;
    auto const state = make_state();
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
        running.emplace_back([&state, thread] {
            for (int user = 1 + thread * users; user <= (thread + 1) * users; ++user) {
                static_cast<void>(state->answer("10npay", send_request(user)));
                auto const to = "+35988" + std::to_string(1000000 + user);
                auto const sent = state->messages(MessageFilter("10npay", to));
                ASSERT_EQ(sent.size(), 1U);
                EXPECT_EQ(state->answer("10npay", verify_request(user, sent[0].code)).status, 200);
            }
        });
    }
    for (auto& each : running) each.join();
    auto const messages = state->messages(MessageFilter());
    EXPECT_EQ(messages.size(), std::size_t{threads} * users);
    for (auto const& message : messages) EXPECT_EQ(message.state, "verified");
}

TEST(MockStateTest, links_a_message_with_its_exchanges) {
    auto const state = make_state();
    auto sending = send_request(1);
    sending.headers.emplace_back("traceparent", "the trace");
    static_cast<void>(state->answer("10npay", sending));
    auto const sent = state->messages(MessageFilter()).at(0);
    static_cast<void>(state->answer("10npay", verify_request(1, wrong_code(sent.code))));
    static_cast<void>(state->answer("10npay", verify_request(1, sent.code)));
    static_cast<void>(state->answer("10npay", verify_request(2, sent.code)));
    EXPECT_EQ(sent.exchange, "exchange-1");
    MessageQuery query;
    query.message = sent.id;
    auto const exchanges = state->exchanges(query, {}).exchanges;
    ASSERT_EQ(exchanges.size(), 3U);
    EXPECT_EQ(exchanges[0].status, 200);
    EXPECT_EQ(exchanges[1].status, 400);
    EXPECT_TRUE(exchanges[1].why);
    EXPECT_EQ(exchanges[2].traceparent, "the trace");
    EXPECT_FALSE(exchanges[2].why);
    // A check names the user id alone.
    for (auto const& each : exchanges) EXPECT_EQ(each.to, sent.to);
    EXPECT_EQ(state->exchange(4).value().message, std::nullopt);
    EXPECT_EQ(state->message(1).value().state, "verified");
}

struct ForgetfulState {
    void forget() {}
};

VendorAnswer answer_forgetful(
    MockRequest const& request, ForgetfulState&, VendorContext const& context
) {
    if (request.path != "/send") return VendorAnswer(empty_response(400));
    auto const expires_at = context.now + std::chrono::minutes(10);
    return {empty_response(200), SentMessage{"sms", "+12025550162", "key", "1234", expires_at}};
}

RequestSubject forgetful_subject(MockRequest const& request, ForgetfulState const&) {
    bool const send = request.path == "/send";
    return {send ? RequestSubject::Step::send : RequestSubject::Step::verify, "", "key"};
}

TEST(MockStateTest, finds_the_recipient_of_a_check_that_names_a_key) {
    auto const make_vendors = [] {
        std::vector<std::unique_ptr<Vendor>> vendors;
        vendors.push_back(make_vendor("acme", ForgetfulState{}, answer_forgetful, forgetful_subject)
        );
        return vendors;
    };
    MockState state(make_vendors, make_clock(seeded()), 7);
    static_cast<void>(state.answer("acme", {"POST", "/send", {}, {}, {}}));
    static_cast<void>(state.answer("acme", {"POST", "/check", {}, {}, {}}));
    EXPECT_EQ(state.exchange(2).value().to, "+12025550162");
    EXPECT_EQ(state.exchange(2).value().message, "message-1");
}

TEST(MockStateTest, keeps_sessions_apart) {
    auto const state = make_state();
    static_cast<void>(state->answer("10npay", send_request(1), "alice"));
    auto const code = state->messages(MessageFilter()).at(0).code;
    EXPECT_EQ(state->answer("10npay", verify_request(1, code), "bob").status, 400);
    EXPECT_EQ(state->answer("10npay", verify_request(1, code)).status, 400);
    state->advance_clock(std::chrono::minutes(10), "bob");
    state->advance_clock(std::chrono::minutes(10));
    EXPECT_EQ(state->messages(MessageFilter()).at(0).state, "pending");
    state->forget("bob");
    state->revoke_tokens("bob");
    EXPECT_EQ(state->answer("10npay", verify_request(1, code), "alice").status, 200);
    state->forget("alice");
    EXPECT_TRUE(state->messages(MessageFilter()).empty());
    EXPECT_EQ(state->exchanges({}, {}).total, 1U) << "that of the session without a name";
}

TEST(MockStateTest, forgets_a_session_with_all_that_was_in_it) {
    auto const state = make_state();
    static_cast<void>(state->answer("10npay", send_request(1), "oldest"));
    for (int name = 0; name < 1000; ++name) state->reset_clock(std::to_string(name));
    EXPECT_EQ(state->counts().sessions, 1001U);
    EXPECT_EQ(state->counts().messages, 0U);
    EXPECT_EQ(state->counts().exchanges, 0U);
}

TEST(MockStateTest, names_no_exchange_that_is_forgotten) {
    auto const options = seeded();
    MockState state([&] { return all_vendors(options); }, make_clock(options), 7, 2);
    static_cast<void>(state.answer("10npay", send_request(1)));
    static_cast<void>(state.answer("10npay", verify_request(1, "1")));
    EXPECT_TRUE(state.message(1).value().exchange);
    static_cast<void>(state.answer("10npay", verify_request(1, "1")));
    EXPECT_FALSE(state.message(1).value().exchange);
    EXPECT_FALSE(state.messages(MessageFilter()).at(0).exchange);
    EXPECT_EQ(state.counts().exchanges, 2U);
}

TEST(MockStateTest, lets_a_fault_answer_in_place_of_the_vendor) {
    auto const state = make_state();
    MockFault fault{"html_502"};
    fault.session = "alice";
    fault.count = 1;
    auto const id = state->add_fault(fault).id;
    EXPECT_EQ(state->answer("10npay", send_request(1)).status, 204) << "another session's";
    auto const failed = state->answer("10npay", send_request(1), "alice");
    EXPECT_EQ(failed.status, 502);
    EXPECT_EQ(failed.headers.back().first, "Date");
    EXPECT_EQ(state->messages(MessageFilter()).size(), 1U) << "not obeyed";
    EXPECT_EQ(state->exchange(2).value().fault, id);
    EXPECT_EQ(state->answer("10npay", send_request(1), "alice").status, 204);
    EXPECT_FALSE(state->remove_fault(id)) << "used up";
}

TEST(MockStateTest, lets_an_answer_be_late_without_its_lock) {
    auto const state = make_state();
    MockFault fault{"stall"};
    fault.delay = std::chrono::seconds(2);
    static_cast<void>(state->add_fault(fault));
    auto const underway = state->begin("10npay", send_request(1), "");
    EXPECT_EQ(underway.response.transfer, MockTransfer::held);
    EXPECT_EQ(underway.delay, std::chrono::seconds(2));
    EXPECT_EQ(state->messages(MessageFilter()).size(), 1U) << "obeyed";
    EXPECT_EQ(state->exchange(1).value().outcome, "held");
    EXPECT_FALSE(state->exchange(1).value().status);
    state->finish(underway);
    EXPECT_EQ(state->exchange(1).value().outcome, "answered");
    EXPECT_EQ(state->exchange(1).value().status, 204);
    state->clear_faults("");
    EXPECT_FALSE(state->begin("10npay", send_request(2), "").late);
}

TEST(MockStateTest, counts_readers_of_events_as_waiting) {
    auto const state = make_state();
    auto const reader = state->open_events({}, 1);
    ASSERT_TRUE(reader);
    EXPECT_FALSE(state->open_events({}, 1));
    EXPECT_TRUE(state->open_events({}, 2));
    auto const refused = state->await_message(MessageFilter(), std::chrono::milliseconds(1), 1);
    EXPECT_EQ(refused.end, AwaitedMessage::End::too_many_wait);
    EXPECT_EQ(state->waiting(), 0U) << "for messages";
}

}  // namespace
}  // namespace otp::mocks::test
