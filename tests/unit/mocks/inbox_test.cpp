#include "inbox/inbox.hpp"

#include <chrono>
#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::mocks::test {
namespace {

using namespace std::chrono_literals;

constexpr MockTime now{std::chrono::milliseconds(1700000000000)};

class InboxTest : public testing::Test {
protected:
    void sent(std::string_view vendor, std::string const& key, std::string const& code) {
        VendorAnswer answer(empty_response(200));
        answer.sent = SentMessage{"sms", "to-" + key, key, code, now + std::chrono::minutes(10)};
        inbox.record(vendor, answer, now);
    }
    void settled(std::string_view vendor, std::string const& key, SettledCode::End end) {
        VendorAnswer answer(empty_response(200));
        answer.settled = SettledCode{key, end};
        inbox.record(vendor, answer, now);
    }
    std::string state(std::string_view vendor) {
        return inbox.latest(MessageFilter(vendor), now).value_or(MockMessage{}).state;
    }

    Inbox inbox;
};

TEST_F(InboxTest, shows_what_a_vendor_sent) {
    EXPECT_FALSE(inbox.latest(MessageFilter(), now));
    sent("eko", "a", "1234");
    auto const message = inbox.latest(MessageFilter(), now).value();
    EXPECT_EQ(message.id, "message-1");
    EXPECT_EQ(message.vendor, "eko");
    EXPECT_EQ(message.channel, "sms");
    EXPECT_EQ(message.to, "to-a");
    EXPECT_EQ(message.code, "1234");
    EXPECT_EQ(message.sent_at, now);
    EXPECT_EQ(message.state, "pending");
}

TEST_F(InboxTest, keeps_a_refusal_to_itself) {
    inbox.record("eko", VendorAnswer(empty_response(403)), now);
    EXPECT_TRUE(inbox.messages(MessageFilter(), now).empty());
}

TEST_F(InboxTest, lists_the_newest_first_and_supersedes_the_one_before) {
    sent("eko", "a", "1");
    sent("stytch", "a", "2");
    sent("eko", "a", "3");
    auto const messages = inbox.messages(MessageFilter("eko"), now);
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].code, "3");
    EXPECT_EQ(messages[0].state, "pending");
    EXPECT_EQ(messages[1].state, "superseded");
    EXPECT_EQ(state("stytch"), "pending") << "another vendor's key";
}

TEST_F(InboxTest, shows_what_became_of_a_code) {
    sent("eko", "a", "1");
    sent("stytch", "a", "2");
    settled("eko", "a", SettledCode::End::verified);
    settled("stytch", "a", SettledCode::End::locked);
    EXPECT_EQ(state("eko"), "verified");
    EXPECT_EQ(state("stytch"), "locked");
    sent("eko", "a", "3");
    EXPECT_EQ(inbox.messages(MessageFilter("eko"), now).at(1).state, "verified");
}

TEST_F(InboxTest, shows_an_expired_code_at_the_time_that_is_asked_for) {
    sent("eko", "a", "1");
    auto const later = now + std::chrono::minutes(10);
    EXPECT_EQ(inbox.latest(MessageFilter(), later).value().state, "expired");
    EXPECT_EQ(state("eko"), "pending");
}

TEST_F(InboxTest, forgets_the_oldest_of_many_thousands) {
    sent("eko", "oldest", "1");
    for (int more = 0; more < 20001; ++more) sent("eko", "other", "2");
    EXPECT_EQ(inbox.messages(MessageFilter(), now).size(), 20000U);
    EXPECT_FALSE(inbox.latest(MessageFilter("eko", "to-oldest"), now));
    settled("eko", "oldest", SettledCode::End::verified);
    EXPECT_EQ(state("eko"), "pending");
    settled("eko", "other", SettledCode::End::verified);
    EXPECT_EQ(state("eko"), "verified");
}

TEST_F(InboxTest, shows_a_message_as_the_person_would_read_it) {
    VendorAnswer answer(empty_response(200));
    answer.sent = SentMessage{"email", "user@example.com", "key", "0042", now + 90s, 3};
    inbox.record(MessageOrigin{"stytch", "alice", 31}, answer, now);
    auto const message = inbox.latest(MessageFilter(), now).value();
    EXPECT_EQ(message.number, 1U);
    EXPECT_EQ(message.expires_at, now + 90s);
    EXPECT_EQ(message.max_attempts, 3U);
    EXPECT_EQ(message.session, "alice");
    EXPECT_EQ(message.exchange, "exchange-31");
    EXPECT_EQ(message.subject, "Your Stytch code");
    EXPECT_NE(message.text.find("code is 0042."), std::string::npos);
    EXPECT_NE(message.text.find("in 90 seconds."), std::string::npos);
    sent("10npay", "a", "1234");
    auto const sms = inbox.latest(MessageFilter(), now).value();
    EXPECT_FALSE(sms.subject);
    EXPECT_EQ(sms.text.substr(0, 41), "10nPay: your verification code is 1234. I");
    EXPECT_NE(sms.text.find("in 10 minutes."), std::string::npos);
}

TEST_F(InboxTest, shows_how_often_a_code_was_tried_in_vain) {
    sent("eko", "a", "1");
    VendorAnswer answer(empty_response(400));
    answer.settled = SettledCode{"a", SettledCode::End::wrong, 2};
    inbox.record("eko", answer, now);
    EXPECT_EQ(inbox.latest(MessageFilter(), now).value().wrong_attempts, 2U);
    EXPECT_EQ(state("eko"), "pending");
    answer.settled = SettledCode{"a", SettledCode::End::locked, 3};
    inbox.record("eko", answer, now);
    EXPECT_EQ(inbox.latest(MessageFilter(), now).value().wrong_attempts, 3U);
    EXPECT_EQ(state("eko"), "locked");
}

TEST_F(InboxTest, tells_which_messages_changed) {
    VendorAnswer answer(empty_response(200));
    answer.sent = SentMessage{"sms", "to", "key", "1", now + 90s};
    using Numbers = std::vector<std::uint64_t>;
    EXPECT_EQ(inbox.record(MessageOrigin{"eko"}, answer, now), Numbers{1});
    EXPECT_EQ(inbox.record(MessageOrigin{"eko"}, answer, now), (Numbers{1, 2}));
    EXPECT_EQ(inbox.record(MessageOrigin{"eko", "alice"}, answer, now), Numbers{3});
    EXPECT_EQ(inbox.record(MessageOrigin{"eko"}, answer, now), (Numbers{2, 4})) << "not the first";
    answer = VendorAnswer(empty_response(200));
    EXPECT_EQ(inbox.record(MessageOrigin{"eko"}, answer, now), Numbers{});
    answer.settled = SettledCode{"key", SettledCode::End::verified};
    EXPECT_EQ(inbox.record(MessageOrigin{"eko", "alice"}, answer, now), Numbers{3});
    EXPECT_EQ(inbox.record(MessageOrigin{"eko", "bob"}, answer, now), Numbers{});
}

TEST_F(InboxTest, shows_a_window_and_how_much_there_is) {
    for (char const* code : {"1", "2", "3", "4"}) sent("eko", code, code);
    auto const page = inbox.page(MessageFilter(), now, {1, 2});
    ASSERT_EQ(page.messages.size(), 2U);
    EXPECT_EQ(page.messages[0].code, "3");
    EXPECT_EQ(page.messages[1].code, "2");
    EXPECT_EQ(page.total, 4U);
    EXPECT_EQ(inbox.page(MessageFilter("eko", "to-1"), now, {1, 2}).total, 1U);
    EXPECT_TRUE(inbox.page(MessageFilter(), now, {4, 2}).messages.empty());
    EXPECT_EQ(inbox.page(MessageFilter(), now, {0, 0}).total, 4U);
}

TEST_F(InboxTest, finds_a_part_of_what_it_shows) {
    sent("eko", "Anna", "4711");
    sent("stytch", "b", "0815");
    settled("stytch", "b", SettledCode::End::verified);
    auto const found = [&](std::string text) {
        MessageQuery query;
        query.text = std::move(text);
        std::string vendors;
        for (auto const& each : inbox.messages(query, now)) vendors += each.vendor;
        return vendors;
    };
    EXPECT_EQ(found("to-anna"), "eko");
    EXPECT_EQ(found("471"), "eko");
    EXPECT_EQ(found("stytc"), "stytch");
    EXPECT_EQ(found("sms"), "stytcheko");
    EXPECT_EQ(found("verified"), "stytch");
    EXPECT_EQ(found("pending"), "eko");
    EXPECT_EQ(found("your verification code is 08"), "stytch");
    EXPECT_EQ(
        found("471"
              "eko"),
        ""
    ) << "no part of one of them";
    MessageQuery query;
    query.state = "expired";
    EXPECT_EQ(inbox.page(query, now, {}).total, 0U);
    EXPECT_EQ(inbox.page(query, now + std::chrono::minutes(10), {}).total, 1U);
}

TEST_F(InboxTest, keeps_sessions_apart) {
    VendorAnswer answer(empty_response(200));
    answer.sent = SentMessage{"sms", "to", "key", "1", now + 90s};
    for (char const* session : {"alice", "bob", ""}) {
        inbox.record(MessageOrigin{"eko", session}, answer, now);
    }
    EXPECT_EQ(inbox.messages(MessageQuery(), now).size(), 3U);
    MessageQuery query;
    query.session = "";
    EXPECT_EQ(inbox.latest(query, now).value().session, "");
    EXPECT_EQ(inbox.addressee("bob", "eko", "key").value().message, 2U);
    EXPECT_EQ(inbox.addressee("bob", "eko", "key").value().to, "to");
    EXPECT_FALSE(inbox.addressee("bob", "stytch", "key"));
    SessionTimes const times([](std::string_view session) {
        return session == "bob" ? now + std::chrono::hours(1) : now;
    });
    query.session.reset();
    query.state = "expired";
    ASSERT_EQ(inbox.messages(query, times).size(), 1U);
    EXPECT_EQ(inbox.messages(query, times)[0].session, "bob");
    inbox.clear("bob");
    EXPECT_EQ(inbox.size(), 2U);
    EXPECT_FALSE(inbox.addressee("bob", "eko", "key"));
    EXPECT_EQ(inbox.find(3, now).value().session, "");
    EXPECT_FALSE(inbox.find(2, now));
    settled("eko", "key", SettledCode::End::verified);
    EXPECT_EQ(inbox.find(3, now).value().state, "verified");
    EXPECT_EQ(inbox.find(1, now).value().state, "pending");
}

TEST_F(InboxTest, finds_what_came_after_a_message) {
    sent("eko", "a", "1");
    auto const seen = inbox.last_number();
    EXPECT_FALSE(inbox.latest(MessageFilter(), now, seen));
    sent("stytch", "a", "2");
    EXPECT_FALSE(inbox.latest(MessageFilter("eko"), now, seen));
    EXPECT_EQ(inbox.latest(MessageFilter(), now, seen).value().code, "2");
}

}  // namespace
}  // namespace otp::mocks::test
