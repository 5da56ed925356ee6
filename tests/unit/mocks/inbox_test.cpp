#include "inbox/inbox.hpp"

#include <chrono>
#include <gtest/gtest.h>
#include <string>

namespace otp::mocks::test {
namespace {

constexpr MockTime now{std::chrono::milliseconds(1700000000000)};

class InboxTest : public testing::Test {
protected:
    void sent(std::string_view vendor, std::string const& key, std::string const& code) {
        VendorAnswer answer = empty_response(200);
        answer.sent = SentMessage{"sms", "to-" + key, key, code, now + std::chrono::minutes(10)};
        inbox.record(vendor, answer, now);
    }
    void settled(std::string_view vendor, std::string const& key, SettledCode::End end) {
        VendorAnswer answer = empty_response(200);
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
    inbox.record("eko", empty_response(403), now);
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

}  // namespace
}  // namespace otp::mocks::test
