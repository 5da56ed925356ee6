#pragma once

#include <otp/observe/json_line_observer.hpp>

#include <memory>
#include <string>
#include <system_error>

namespace otp::cli {

/// Where `--events-out` writes one JSON line for each event as it happens: behind what is in a file
/// already, or to standard output.
class EventOutput {
public:
    /// Opens the file, or takes standard output for `-`. Throws `UsageError` if that is impossible.
    explicit EventOutput(std::string target);

    /// For the client. It keeps what it writes to open.
    [[nodiscard]] std::shared_ptr<Observer> observer() const noexcept { return observer_; }

    /// The exit status of a command that would else return `status`: if lines were lost, says so on
    /// standard error.
    [[nodiscard]] int report_loss(int status) const;

private:
    class Stream;

    std::string target_;
    std::shared_ptr<Stream> stream_;
    std::shared_ptr<JsonLineObserver> observer_;
};

}  // namespace otp::cli
