// docs/metrics.md, held against what the observers write.

#include "unit/observe/events.hpp"
#include "unit/observe/exposition_reader.hpp"

#include <otp/observe/health_metrics.hpp>
#include <otp/observe/json_line_observer.hpp>
#include <otp/observe/prometheus_observer.hpp>
#include <otp/testing/manual_clock.hpp>

#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

std::string page() {
    std::ifstream in(std::string(OTP_SOURCE_DIR) + "/docs/metrics.md");
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A text with every family.
std::string whole_text() {
    PrometheusObserver observer;
    tell(observer, failed_attempt());
    tell(observer, skipped_attempt());
    auto retried = failed_attempt();
    retried.decision = Decision::retry;
    tell(observer, retried);
    auto checked = accepted_attempt();
    checked.outcome = VerificationOutcome::approved;
    tell(observer, checked, OperationKind::verify);
    observer.on_wait({operation(), "main", 1s, DecisionReason::not_sent});
    observer.on_operation_ended(succeeded_operation());
    observer.on_breaker_change({"main", "acme", BreakerState::closed, BreakerState::open, 5s});
    observer.on_rest({"main", "acme", 1s});
    observer.on_token_fetched({"main", "acme", std::nullopt, 1ms});
    observer.on_reload({});
    observer.on_warning({"main", "acme", "one"});
    auto text = observer.text();
    InstanceHealth health;
    health.instance = "main";
    health.connections.emplace();
    append_health(text, std::vector{health});
    return text;
}

/// The labels of a family as the page lists them, in the order of the text.
std::string labels_in(std::string const& text, std::string const& family) {
    std::smatch series;
    std::regex const pattern("\n" + family + "(?:_count)?\\{(.*)\\} ");
    if (!std::regex_search(text, series, pattern)) return "";
    std::string const labels = series[1];
    std::string listed;
    std::regex const name("(\\w+)=\"");
    for (std::sregex_iterator it(labels.begin(), labels.end(), name), end; it != end; ++it) {
        listed += (listed.empty() ? "`" : ", `") + (*it)[1].str() + '`';
    }
    return listed + ' ';
}

TEST(MetricsPage, ListsEachFamilyWithItsTypeAndLabels) {
    auto const text = whole_text();
    auto const written = page();
    auto const families = read_exposition(text);
    EXPECT_EQ(families.size(), 26U);
    for (auto const& family : families) {
        auto const row = "\n| `" + family.name + "` | " + family.type + " | " +
                         labels_in(text, family.name) + "| ";
        EXPECT_THAT(written, HasSubstr(row));
    }
}

TEST(MetricsPage, NamesNoOtherFamily) {
    std::set<std::string> known;
    for (auto const& family : read_exposition(whole_text())) {
        known.insert(family.name);
        if (family.type == "histogram") known.insert(family.name + "_bucket");
    }
    auto const written = page();
    std::regex const name("\\botp_[a-z_]+\\b");
    for (std::sregex_iterator it(written.begin(), written.end(), name), end; it != end; ++it) {
        // `otp_<name>_total` stands for all of them.
        if (it->str() != "otp_") {
            EXPECT_TRUE(known.contains(it->str())) << it->str();
        }
    }
}

TEST(MetricsPage, HasAnAlertOrSaysThatThereIsNone) {
    auto const written = page();
    auto const alerts = written.substr(written.find("## Alerts"));
    for (auto const& family : read_exposition(whole_text())) {
        EXPECT_THAT(alerts, HasSubstr('`' + family.name + '`'));
    }
}

TEST(MetricsPage, ShowsALineAsItIsWritten) {
    std::string written;
    JsonLineObserver observer(
        [&written](std::string_view line) { written = line; },
        std::make_shared<otp::testing::ManualClock>()
    );
    observer.on_attempt_ended({operation(), failed_attempt(), 1});
    EXPECT_THAT(page(), HasSubstr("```json\n" + written + "\n```"));
}

}  // namespace
}  // namespace otp::test
