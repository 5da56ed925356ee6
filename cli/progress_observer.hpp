#pragma once

#include <otp/observer.hpp>

#include <cstddef>
#include <iosfwd>

namespace otp::cli {

/// Tells a person of a send while it goes on, one line each:
///
///     attempt 1: stytch-us (stytch): rate_limited, not_sent, HTTP 429, 12 ms, then the next
///     instance waiting 1.0 s for eko: the vendor is asked too often or cannot serve at the moment
///
/// Attempts have the numbers that they have in the reports of commands.
class ProgressObserver final : public Observer {
public:
    /// `out` must outlive the client's last operation.
    explicit ProgressObserver(std::ostream& out) : out_(out) {}

    void on_attempt_ended(AttemptEnded const& event) noexcept override;
    void on_wait(WaitBegun const& event) noexcept override;

private:
    std::ostream& out_;
    std::size_t attempts_{0};
};

}  // namespace otp::cli
