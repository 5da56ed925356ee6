#include "inbox/event_feed.hpp"

#include <chrono>
#include <future>
#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <thread>

namespace otp::mocks::test {
namespace {

bool everybody(EventFilter const&) {
    return true;
}

/// What a reader is told, without waiting for more.
std::string told(ResponseStream& reader) {
    return reader.next().value_or("(the end)");
}

TEST(EventFeed, tells_each_reader_what_happens_from_now_on) {
    EventFeed feed;
    feed.publish("early", everybody, [] { return "{}"; });
    auto const one = feed.open({}, "first\n\n");
    feed.publish("message", everybody, [] { return R"({"a":1})"; });
    auto const other = feed.open({}, "");
    feed.publish("clock", everybody, [] { return "2"; });
    EXPECT_EQ(told(*one), "first\n\nevent: message\ndata: {\"a\":1}\n\nevent: clock\ndata: 2\n\n");
    EXPECT_EQ(told(*other), "event: clock\ndata: 2\n\n");
    EXPECT_EQ(told(*other), "") << "nothing yet";
}

TEST(EventFeed, makes_an_event_once_and_for_listeners_only) {
    EventFeed feed;
    int made = 0;
    auto const data = [&made] { return std::to_string(++made); };
    feed.publish("message", everybody, data);
    auto const one = feed.open({"alice", MessageFilter("eko")}, "");
    auto const other = feed.open({{}, MessageFilter("", "+12025550162")}, "");
    feed.publish(
        "message", [](EventFilter const&) { return false; }, data
    );
    EXPECT_EQ(made, 0);
    feed.publish("message", everybody, data);
    EXPECT_EQ(made, 1);
    feed.publish(
        "message",
        [](EventFilter const& reader) { return reader.takes("alice", "eko", "+12025550163"); },
        data
    );
    EXPECT_EQ(told(*one), "event: message\ndata: 1\n\nevent: message\ndata: 2\n\n");
    EXPECT_EQ(told(*other), "event: message\ndata: 1\n\n");
}

TEST(EventFeed, filters_by_session_vendor_and_recipient) {
    EventFilter const filter{"alice", MessageFilter("eko", "9002336768")};
    EXPECT_TRUE(filter.takes("alice", "eko", "+919002336768"));
    EXPECT_FALSE(filter.takes("", "eko", "+919002336768"));
    EXPECT_FALSE(filter.takes("alice", "stytch", "+919002336768"));
    EXPECT_FALSE(filter.takes("alice", "eko", "+12025550162"));
    EXPECT_TRUE(EventFilter{}.takes("alice", "eko", "+12025550162"));
    EventFilter nameless;
    nameless.session = "";
    EXPECT_TRUE(nameless.takes("", "eko", ""));
    EXPECT_FALSE(nameless.takes("alice", "eko", ""));
}

TEST(EventFeed, tells_a_slow_reader_that_it_lost_something) {
    EventFeed feed;
    auto const slow = feed.open({}, "first\n\n");
    for (int event = 1; event < 1000; ++event) {
        feed.publish("message", everybody, [&] { return std::to_string(event); });
    }
    auto const all = told(*slow);
    EXPECT_EQ(all.substr(0, 7), "first\n\n");
    EXPECT_EQ(all.find("lost"), std::string::npos) << "1,000 are kept";
    for (int event = 1; event <= 1001; ++event) {
        feed.publish("message", everybody, [&] { return std::to_string(event); });
    }
    feed.publish("message", everybody, [] { return "after"; });
    EXPECT_EQ(told(*slow), "event: lost\ndata: {}\n\nevent: message\ndata: after\n\n");
}

TEST(EventFeed, wakes_a_reader) {
    EventFeed feed;
    auto const reader = feed.open({}, "first\n\n");
    EXPECT_EQ(told(*reader), "first\n\n");
    auto waiting = std::async(std::launch::async, [&] {
        // Nothing may have come yet, again and again.
        std::string text;
        while (text.empty()) text = told(*reader);
        return text;
    });
    feed.publish("message", everybody, [] { return "1"; });
    EXPECT_EQ(waiting.get(), "event: message\ndata: 1\n\n");
}

TEST(EventFeed, counts_its_readers) {
    EventFeed feed;
    auto reader = feed.open({}, "");
    EXPECT_EQ(feed.readers(), 1U);
    reader.reset();
    EXPECT_EQ(feed.readers(), 0U);
    feed.publish("message", everybody, [] { return "nobody hears it"; });
}

TEST(EventFeed, ends_all_readers_and_lets_nobody_read_any_more) {
    std::optional<EventFeed> feed(std::in_place);
    auto const reader = feed->open({}, "first\n\n");
    EXPECT_EQ(told(*reader), "first\n\n");
    auto waiting = std::async(std::launch::async, [&] {
        std::optional<std::string> piece("");
        while (piece) piece = reader->next();
        return true;
    });
    feed->stop();
    EXPECT_TRUE(waiting.get());
    EXPECT_EQ(feed->open({}, "first\n\n")->next(), std::nullopt);
    feed.reset();
    EXPECT_EQ(reader->next(), std::nullopt) << "it may outlive the feed";
}

}  // namespace
}  // namespace otp::mocks::test
