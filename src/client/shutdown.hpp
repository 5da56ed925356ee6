#pragma once

#include "client/client_state.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace otp {

/// Waits for the operations in flight, or for the end of the time limit, and closes the client.
class Shutdown : public std::enable_shared_from_this<Shutdown> {
public:
    using Handler = boost::asio::any_completion_handler<OtpClient::ShutdownSignature>;

    explicit Shutdown(std::shared_ptr<ClientState> state);

    /// On the work executor. Completes `handler` later: without an error if all were done in time,
    /// else with `timed_out`; with `not_enough_memory` if there is none to wait.
    void run(std::chrono::milliseconds time_limit, Handler handler) noexcept;

    /// On the work executor. Waits no longer, and completes with `operation_aborted`.
    void cancel() noexcept;

private:
    void wait(std::chrono::milliseconds time_limit);
    /// Closes the client.
    void finish(boost::system::error_code outcome) noexcept;
    /// What was cancelled completes a little later, and before the shutdown does.
    void complete_when_idle(boost::system::error_code outcome) noexcept;
    void complete(boost::system::error_code outcome) noexcept;

    std::shared_ptr<ClientState> state_;
    std::unique_ptr<ClockTimer> timer_;
    std::optional<Handler> handler_;
    bool finishing_{false};
};

}  // namespace otp
