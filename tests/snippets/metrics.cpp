// Observers that are ready to use, and where their text goes.

#include <otp/observe/health_metrics.hpp>
#include <otp/observe/json_line_observer.hpp>
#include <otp/observe/prometheus_observer.hpp>
#include <otp/otp.hpp>

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

// [snippet observers]
otp::ClientOptions observed(std::shared_ptr<otp::PrometheusObserver> metrics) {
    otp::ClientOptions options;
    options.observers = {std::move(metrics), std::make_shared<otp::JsonLineObserver>(std::clog)};
    return options;
}
// [snippet end]

// [snippet metrics_file]
void write_metrics(
    otp::PrometheusObserver const& metrics,
    std::vector<otp::InstanceHealth> const& health,
    std::filesystem::path const& folder
) {
    auto text = metrics.text();
    otp::append_health(text, health);
    auto const next = folder / "otp.prom.next";          // the collector reads *.prom alone
    std::ofstream(next) << text;                         // closed at the end of the line
    std::filesystem::rename(next, folder / "otp.prom");  // so nobody reads half of it
}
// [snippet end]

TEST(MetricsPage, ObserversAreHandedOver) {
    EXPECT_EQ(observed(std::make_shared<otp::PrometheusObserver>()).observers.size(), 2U);
}

TEST(MetricsPage, TheFileHasEventsAndHealth) {
    otp::PrometheusObserver metrics;
    metrics.on_warning({"main", "acme", "one"});
    otp::InstanceHealth health;
    health.instance = "main";

    auto const folder = std::filesystem::path(testing::TempDir()) / "otp_metrics_page";
    std::filesystem::create_directories(folder);
    write_metrics(metrics, {health}, folder);
    std::ifstream in(folder / "otp.prom");
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    std::filesystem::remove_all(folder);

    EXPECT_THAT(text, testing::HasSubstr("\notp_warnings_total{instance=\"main\"} 1\n"));
    EXPECT_THAT(text, testing::HasSubstr("\notp_instance_usable{instance=\"main\"} 1\n"));
}

}  // namespace
