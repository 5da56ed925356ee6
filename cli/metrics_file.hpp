#pragma once

#include "whole_file.hpp"

#include <otp/client.hpp>
#include <otp/observe/prometheus_observer.hpp>

#include <memory>
#include <string>
#include <system_error>

namespace otp::cli {

/// The file of `--metrics-out`: what has happened, in Prometheus' text format, for everybody to
/// read (mode 0644). Its place is tried before the send.
class MetricsFile {
public:
    /// Throws `UsageError` if no file can be made there.
    explicit MetricsFile(std::string target);

    /// For the client.
    [[nodiscard]] std::shared_ptr<Observer> observer() const noexcept { return observer_; }

    /// Writes what was heard, and how the instances are.
    void write(OtpClient const& client);

    /// The exit status of a command that would else return `status`: if the file could not be
    /// written, says so on standard error.
    [[nodiscard]] int report_loss(int status) const;

private:
    std::string target_;
    WholeFile file_;
    std::shared_ptr<PrometheusObserver> observer_;
    std::error_code failure_;
};

}  // namespace otp::cli
