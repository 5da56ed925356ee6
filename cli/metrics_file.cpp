#include "metrics_file.hpp"

#include "exit_status.hpp"

#include <otp/observe/health_metrics.hpp>

#include <filesystem>
#include <iostream>
#include <utility>

namespace otp::cli {

namespace {

// `node_exporter`, which collects such files, runs as a user of its own.
constexpr auto readable_by_all = std::filesystem::perms(0644);

}  // namespace

MetricsFile::MetricsFile(std::string target)
    : target_(std::move(target)),
      file_("--metrics-out", target_, readable_by_all),
      observer_(std::make_shared<PrometheusObserver>()) {}

void MetricsFile::write(OtpClient const& client) {
    auto text = observer_->text();
    append_health(text, client.health());
    failure_ = file_.commit(text);
}

int MetricsFile::report_loss(int status) const {
    if (!failure_) return status;
    std::cerr << "otp: the metrics are lost: " << target_
              << " cannot be written: " << failure_.message() << '\n';
    return exit_status::output_lost;
}

}  // namespace otp::cli
