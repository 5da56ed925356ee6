#include "event_output.hpp"

#include "exit_status.hpp"
#include "files.hpp"
#include "standard_streams.hpp"

#include <cerrno>
#include <fcntl.h>
#include <iostream>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace otp::cli {

namespace {

[[nodiscard]] int open_to_append(std::string const& file) {
    if (file.empty()) throw UsageError("--events-out: give the name of a file, or -");
    auto const descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
    if (descriptor >= 0) return descriptor;
    std::error_code const reason(errno, std::generic_category());
    throw UsageError("--events-out: the file cannot be written: " + reason.message());
}

}  // namespace

/// The descriptor, and why the first lost line was lost.
class EventOutput::Stream {
public:
    explicit Stream(std::string const& target)
        : is_own_(target != standard_output),
          descriptor_(is_own_ ? open_to_append(target) : STDOUT_FILENO) {}
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;
    ~Stream() {
        if (is_own_) ::close(descriptor_);
    }

    /// In one piece, as other programs may append to the file, too.
    void write(std::string_view line) {
        std::string whole(line);
        whole += '\n';
        auto const failure = write_all(descriptor_, whole);
        if (!failure) return;
        if (!first_failure_) first_failure_ = failure;
        throw std::system_error(failure);
    }
    [[nodiscard]] std::error_code first_failure() const noexcept { return first_failure_; }

private:
    bool is_own_;
    int descriptor_;
    std::error_code first_failure_;
};

EventOutput::EventOutput(std::string target)
    : target_(std::move(target)),
      stream_(std::make_shared<Stream>(target_)),
      observer_(std::make_shared<JsonLineObserver>([stream = stream_](std::string_view line) {
          stream->write(line);
      })) {}

int EventOutput::report_loss(int status) const {
    auto const lost = observer_->dropped();
    if (lost == 0) return status;
    auto const place = target_ == standard_output ? "standard output" : target_;
    std::cerr << "otp: " << lost << (lost == 1 ? " event is lost: " : " events are lost: ") << place
              << " cannot be written: " << stream_->first_failure().message() << '\n';
    return exit_status::output_lost;
}

}  // namespace otp::cli
