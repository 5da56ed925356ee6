// How much it may hold, and who may call it when.

#include "unit/observe/events.hpp"
#include "unit/observe/exposition_reader.hpp"

#include <otp/observe/prometheus_observer.hpp>

#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

void warn(Observer& observer, std::string const& instance) {
    observer.on_warning({instance, "acme", "one"});
}

std::string warnings_of(std::string const& instance) {
    return "otp_warnings_total{instance=\"" + instance + "\"} ";
}

TEST(PrometheusLimits, AThousandSetsOfLabelsAreKeptApart) {
    PrometheusObserver observer;
    for (int i = 0; i < 1000; ++i) warn(observer, std::to_string(i));
    EXPECT_THAT(observer.text(), Not(HasSubstr("other")));
    EXPECT_THAT(sample_lines(observer.text()), Contains(warnings_of("999") + "1"));
}

TEST(PrometheusLimits, FurtherOnesAreCountedTogether) {
    PrometheusObserver observer;
    for (int i = 0; i < 1003; ++i) warn(observer, std::to_string(i));
    warn(observer, "999");
    warn(observer, "1000");
    auto const text = observer.text();
    EXPECT_NO_THROW((void)read_exposition(text));
    EXPECT_THAT(sample_lines(text), Contains(warnings_of("other") + "4"));
    EXPECT_THAT(sample_lines(text), Contains(warnings_of("999") + "2"));
    EXPECT_THAT(text, Not(HasSubstr(warnings_of("1000"))));
    // A thousand, `other`, and the dropped events.
    EXPECT_EQ(sample_lines(text).size(), 1002U);
}

TEST(PrometheusLimits, EachFamilyHasItsOwn) {
    PrometheusObserver observer;
    for (int i = 0; i < 1001; ++i) warn(observer, std::to_string(i));
    observer.on_rest({"main", "acme", 1s});
    EXPECT_THAT(sample_lines(observer.text()), Contains("otp_rests_total{instance=\"main\"} 1"));
}

TEST(PrometheusLimits, HistogramsAndAllLabelsOfASetAreCountedTogether) {
    PrometheusObserver observer;
    for (int i = 0; i < 1001; ++i) {
        auto attempt = accepted_attempt();
        attempt.instance = std::to_string(i);
        tell(observer, attempt);
    }
    auto const text = observer.text();
    EXPECT_NO_THROW((void)read_exposition(text));
    EXPECT_THAT(
        sample_lines(text),
        Contains("otp_attempts_total{instance=\"other\",vendor=\"other\",kind=\"other\","
                 "category=\"other\",delivery=\"other\"} 1")
    );
    EXPECT_THAT(
        sample_lines(text),
        Contains("otp_attempt_duration_seconds_count{instance=\"other\",kind=\"other\"} 1")
    );
    EXPECT_THAT(sample_lines(text), Contains("otp_attempts_in_flight{instance=\"other\"} 0"));
}

TEST(PrometheusLimits, TheTextMayBeAskedForWhileEventsCome) {
    constexpr int writers = 3;
    constexpr int attempts = 2000;
    PrometheusObserver observer;
    std::atomic<int> running{writers};
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&observer, &running, writer] {
            auto attempt = accepted_attempt();
            attempt.instance = std::to_string(writer);
            for (int i = 0; i < attempts; ++i) {
                tell(observer, attempt);
                observer.on_operation_ended(succeeded_operation());
            }
            --running;
        });
    }
    while (running > 0) EXPECT_NO_THROW((void)read_exposition(observer.text()));
    for (auto& thread : threads) thread.join();

    auto const text = observer.text();
    EXPECT_EQ(
        value_of(text, "otp_operation_duration_seconds_count", {{"kind", "send"}}),
        writers * attempts
    );
    for (int writer = 0; writer < writers; ++writer) {
        auto const instance = std::to_string(writer);
        EXPECT_EQ(value_of(text, "otp_attempts_in_flight", {{"instance", instance}}), 0);
        EXPECT_EQ(
            value_of(
                text,
                "otp_attempt_duration_seconds_count",
                {{"instance", instance}, {"kind", "send"}}
            ),
            attempts
        );
    }
}

// Attempt and duration are counted under one lock, so no text has the one without the other.
TEST(PrometheusLimits, ATextIsOfOneMoment) {
    PrometheusObserver observer;
    std::atomic<bool> done{false};
    std::thread writer([&] {
        for (int i = 0; i < 5000; ++i) observer.on_rest({"main", "acme", 1s});
        done = true;
    });
    observer.on_rest({"main", "acme", 1s});
    while (!done) {
        auto const text = observer.text();
        EXPECT_EQ(
            value_of(text, "otp_rests_total", {{"instance", "main"}}),
            value_of(text, "otp_rest_seconds_total", {{"instance", "main"}})
        );
    }
    writer.join();
}

}  // namespace
}  // namespace otp::test
