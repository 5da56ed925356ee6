#include "inbox/vendor_set.hpp"

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

std::unique_ptr<VendorSet> make_set() {
    auto const options = seeded();
    return std::make_unique<VendorSet>(
        all_vendors(options), make_clock(options), IdSource(options.seed)
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
    auto const first = make_set();
    auto const second = make_set();
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

TEST(VendorSetTest, adds_the_clients_date_to_each_answer) {
    auto const set = make_set();
    set->advance_clock(std::chrono::hours(1));
    MockHeaders const expected{{"Date", "Tue, 14 Nov 2023 22:13:20 GMT"}};
    EXPECT_EQ(set->answer("10npay", send_request(1)).headers, expected);
}

TEST(VendorSetTest, forgets_messages_and_codes_together) {
    auto const set = make_set();
    static_cast<void>(set->answer("10npay", send_request(1)));
    auto const code = set->messages(MessageFilter()).at(0).code;
    set->forget_everything();
    EXPECT_TRUE(set->messages(MessageFilter()).empty());
    EXPECT_EQ(set->answer("10npay", verify_request(1, code)).status, 400);
}

TEST(VendorSetTest, wakes_a_wait_when_a_message_comes) {
    auto const set = make_set();
    auto waiting = std::async(std::launch::async, [&] {
        return set->await_message(MessageFilter("10npay"), std::chrono::seconds(60), 1);
    });
    while (set->waiting() == 0) std::this_thread::yield();
    static_cast<void>(set->answer("10npay", send_request(1)));
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
    return empty_response(204);
}

TEST(VendorSetTest, asks_a_vendor_from_one_thread_at_a_time) {
    std::atomic<int> inside{0};
    std::atomic<bool> overlapped{false};
    std::vector<std::unique_ptr<Vendor>> vendors;
    vendors.push_back(make_vendor("acme", NoticingState{&inside, &overlapped}, answer_noticing));
    VendorSet set(std::move(vendors), make_clock(seeded()), IdSource(7));
    auto const ask = [&set] {
        for (int asked = 0; asked < 2000; ++asked) {
            static_cast<void>(set.answer("acme", MockRequest{}));
        }
    };
    std::thread first(ask);
    std::thread second(ask);
    first.join();
    second.join();
    EXPECT_FALSE(overlapped);
}

TEST(VendorSetTest, serves_many_threads) {
    constexpr int threads = 4;
    constexpr int users = 100;
    auto const set = make_set();
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread) {
        running.emplace_back([&set, thread] {
            for (int user = 1 + thread * users; user <= (thread + 1) * users; ++user) {
                static_cast<void>(set->answer("10npay", send_request(user)));
                auto const to = "+35988" + std::to_string(1000000 + user);
                auto const sent = set->messages(MessageFilter("10npay", to));
                ASSERT_EQ(sent.size(), 1U);
                EXPECT_EQ(set->answer("10npay", verify_request(user, sent[0].code)).status, 200);
            }
        });
    }
    for (auto& each : running) each.join();
    auto const messages = set->messages(MessageFilter());
    EXPECT_EQ(messages.size(), std::size_t{threads} * users);
    for (auto const& message : messages) EXPECT_EQ(message.state, "verified");
}

}  // namespace
}  // namespace otp::mocks::test
