// Where lines go, and what becomes of those that cannot.

#include "unit/observe/events.hpp"

#include <otp/iso8601.hpp>
#include <otp/observe/json_line_observer.hpp>
#include <otp/seam/clock.hpp>

#include <boost/json/parse.hpp>

#include <atomic>
#include <gtest/gtest.h>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <thread>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

void warn(Observer& observer) {
    observer.on_warning({"main", "acme", "one"});
}

TEST(JsonLineSink, ThatThrowsLosesOnlyItsLine) {
    int calls = 0;
    int written = 0;
    JsonLineObserver observer([&](std::string_view) {
        if (++calls % 2 == 1) throw std::runtime_error("the disk is full");
        ++written;
    });
    for (int i = 0; i < 4; ++i) warn(observer);
    EXPECT_EQ(written, 2);
    EXPECT_EQ(observer.dropped(), 2U);
}

TEST(JsonLineSink, ThatThrowsEndsNoEvent) {
    JsonLineObserver observer([](std::string_view) { throw 1; });
    tell(observer, accepted_attempt());
    observer.on_wait({operation(), "main", 1s, DecisionReason::not_sent});
    observer.on_operation_ended(succeeded_operation());
    observer.on_breaker_change({"main", "acme", BreakerState::closed, BreakerState::open, 5s});
    observer.on_rest({"main", "acme", 1s});
    observer.on_token_fetched({"main", "acme", std::nullopt, 1ms});
    warn(observer);
    EXPECT_EQ(observer.dropped(), 8U);
}

TEST(JsonLineSink, AStreamGetsLines) {
    std::ostringstream out;
    JsonLineObserver observer(out);
    warn(observer);
    warn(observer);
    std::istringstream in(out.str());
    int lines = 0;
    for (std::string line; std::getline(in, line); ++lines) {
        EXPECT_EQ(boost::json::parse(line).at("event"), "warning");
    }
    EXPECT_EQ(lines, 2);
    EXPECT_TRUE(out.str().ends_with("}\n"));
    EXPECT_EQ(observer.dropped(), 0U);
}

TEST(JsonLineSink, AStreamThatFailsLosesLinesUntilItIsWell) {
    std::ostringstream out;
    JsonLineObserver observer(out);
    out.setstate(std::ios::badbit);
    warn(observer);
    EXPECT_EQ(observer.dropped(), 1U);
    out.clear();
    warn(observer);
    EXPECT_EQ(observer.dropped(), 1U);
    EXPECT_FALSE(out.str().empty());
}

TEST(JsonLineSink, AStreamAtItsEndLosesLines) {
    std::ostringstream out;
    JsonLineObserver observer(out);
    out.setstate(std::ios::eofbit);
    warn(observer);
    EXPECT_EQ(observer.dropped(), 1U);
}

/// A device that is gone.
class BrokenBuffer final : public std::streambuf {
    int overflow(int) override { throw std::runtime_error("the disk is gone"); }
};

TEST(JsonLineSink, AStreamThatThrowsLosesLines) {
    BrokenBuffer buffer;
    std::ostream out(&buffer);
    out.exceptions(std::ios::badbit);
    JsonLineObserver observer(out);
    warn(observer);
    EXPECT_EQ(observer.dropped(), 1U);
}

TEST(JsonLineSink, WithoutAClockHasTheMachinesTime) {
    std::string time;
    JsonLineObserver observer([&time](std::string_view line) {
        time = boost::json::parse(std::string(line)).at("time").as_string();
    });
    auto const before = Clock::system()->utc_now();
    warn(observer);
    auto const read = parse_iso8601(time);
    ASSERT_TRUE(read);
    EXPECT_GE(*read, before);
    EXPECT_LE(*read, Clock::system()->utc_now());
}

TEST(JsonLineSink, GetsOneLineAfterTheOther) {
    std::atomic<bool> writing{false};
    std::atomic<int> at_once{0};
    int lines = 0;
    JsonLineObserver observer([&](std::string_view) {
        if (writing.exchange(true)) ++at_once;
        // Whoever is not kept out gets the time to come in.
        std::this_thread::yield();
        ++lines;
        writing = false;
    });
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&observer] {
            for (int i = 0; i < 500; ++i) warn(observer);
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(at_once, 0);
    EXPECT_EQ(lines, 2000);
}

}  // namespace
}  // namespace otp::test
