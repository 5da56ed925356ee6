#include "unit/observe/events.hpp"
#include "unit/observe/exposition_reader.hpp"

#include <otp/observe/prometheus_observer.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> const bounds{
    "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "30", "+Inf"};

/// The lowest bucket that has counted an operation of this latency.
std::string bucket_of(std::chrono::microseconds latency) {
    PrometheusObserver observer;
    auto event = succeeded_operation();
    event.latency = latency;
    observer.on_operation_ended(event);
    auto const text = observer.text();
    for (auto const& bound : bounds) {
        auto const* const name = "otp_operation_duration_seconds_bucket";
        if (value_of(text, name, {{"kind", "send"}, {"le", bound}}) == 1) return bound;
    }
    return "none";
}

TEST(PrometheusBuckets, HoldWhatIsAtMostTheirBound) {
    for (std::size_t i = 0; i < PrometheusObserver::duration_buckets.size(); ++i) {
        auto const bound = PrometheusObserver::duration_buckets[i];
        EXPECT_EQ(bucket_of(bound), bounds[i]);
        EXPECT_EQ(bucket_of(bound - 1us), bounds[i]);
        EXPECT_EQ(bucket_of(bound + 1us), bounds[i + 1]);
    }
    EXPECT_EQ(bucket_of(0us), "0.01");
    EXPECT_EQ(bucket_of(10min), "+Inf");
}

TEST(PrometheusBuckets, AddUpToTheCountAndTheSum) {
    PrometheusObserver observer;
    auto event = succeeded_operation();
    for (auto const latency : {1us, 10'000us, 40'000'000us}) {
        event.latency = latency;
        observer.on_operation_ended(event);
    }
    auto const text = observer.text();
    auto const value = [&text](std::string const& suffix, auto labels) {
        labels.emplace("kind", "send");
        return value_of(text, "otp_operation_duration_seconds" + suffix, labels);
    };
    using Labels = std::map<std::string, std::string>;
    EXPECT_EQ(value("_bucket", Labels{{"le", "0.01"}}), 2);
    EXPECT_EQ(value("_bucket", Labels{{"le", "30"}}), 2);
    EXPECT_EQ(value("_bucket", Labels{{"le", "+Inf"}}), 3);
    EXPECT_EQ(value("_count", Labels{}), 3);
    EXPECT_EQ(value("_sum", Labels{}), 40.010001);
}

TEST(PrometheusBuckets, NeverGoDown) {
    PrometheusObserver observer;
    auto event = succeeded_operation();
    event.latency = -1s;
    observer.on_operation_ended(event);
    observer.on_wait({operation(), "main", -1ms, DecisionReason::not_sent});
    auto const text = observer.text();
    EXPECT_EQ(value_of(text, "otp_operation_duration_seconds_sum", {{"kind", "send"}}), 0);
    EXPECT_EQ(value_of(text, "otp_operation_duration_seconds_count", {{"kind", "send"}}), 1);
    EXPECT_EQ(
        value_of(text, "otp_wait_seconds_total", {{"instance", "main"}, {"reason", "not_sent"}}), 0
    );
}

}  // namespace
}  // namespace otp::test
