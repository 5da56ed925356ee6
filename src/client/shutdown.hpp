#pragma once

#include "client/client_state.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace otp {

/// Waits for the operations in flight, or for the end of the patience, and closes the client.
class Shutdown : public std::enable_shared_from_this<Shutdown> {
public:
    using Handler = boost::asio::any_completion_handler<OtpClient::ShutdownSignature>;

    Shutdown(std::shared_ptr<ClientState> state, Handler handler);

    /// On the work executor. Completes the handler without an error if all were done in time, else
    /// with `timed_out`; posted.
    void run(std::chrono::milliseconds patience);

private:
    void finish(boost::system::error_code outcome);

    std::shared_ptr<ClientState> state_;
    std::unique_ptr<ClockTimer> timer_;
    std::optional<Handler> handler_;
};

}  // namespace otp
