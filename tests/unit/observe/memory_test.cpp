// What becomes of events where there is no memory, and how little they need.

#include "unit/client/counted_memory.hpp"
#include "unit/observe/events.hpp"
#include "unit/observe/exposition_reader.hpp"

#include <otp/observe/json_line_observer.hpp>
#include <otp/observe/prometheus_observer.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::test {
namespace {

/// The attempt of the tests at an instance whose name needs memory.
Attempt long_attempt() {
    auto attempt = failed_attempt();
    attempt.instance = std::string(40, 'm');
    return attempt;
}

TEST(ObserverMemory, AnEventThatCannotBeCountedIsDropped) {
    auto const attempt = long_attempt();
    bool failed = true;
    int number = 0;
    for (; failed; ++number) {
        PrometheusObserver observer;
        {
            FailingAllocation const failing(number + 1);
            observer.on_attempt_ended({operation(), attempt, 1});
            failed = failing.has_failed();
        }
        auto const text = observer.text();
        EXPECT_EQ(value_of(text, "otp_observer_dropped_events_total", {}), failed ? 1 : 0);
    }
    EXPECT_GT(number, 8);
}

TEST(ObserverMemory, CountingWhatIsKnownNeedsNone) {
    PrometheusObserver observer;
    auto const attempt = long_attempt();
    tell(observer, attempt);
    observer.on_operation_ended(succeeded_operation());
    forget_allocations();
    tell(observer, attempt);
    observer.on_operation_ended(succeeded_operation());
    EXPECT_EQ(largest_allocation(), 0U);
}

TEST(ObserverMemory, ALineThatCannotBeMadeIsDropped) {
    auto const attempt = long_attempt();
    bool failed = true;
    int number = 0;
    for (; failed; ++number) {
        std::vector<std::string> lines;
        lines.reserve(1);
        JsonLineObserver observer([&lines](std::string_view line) { lines.emplace_back(line); });
        {
            FailingAllocation const failing(number + 1);
            observer.on_attempt_ended({operation(), attempt, 1});
            failed = failing.has_failed();
        }
        EXPECT_EQ(observer.dropped(), failed ? 1U : 0U);
        EXPECT_EQ(lines.size(), failed ? 0U : 1U);
    }
    EXPECT_GT(number, 8);
}

}  // namespace
}  // namespace otp::test
