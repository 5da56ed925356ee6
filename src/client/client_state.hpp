#pragma once

#include "client/client_executor.hpp"
#include "client/operations_in_flight.hpp"
#include "delivery/roster/roster.hpp"
#include "delivery/run/environment.hpp"

#include <otp/client.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace otp {

/// What a client is behind its handle. All that changes belongs to the work executor.
class ClientState {
public:
    /// Throws `ErrorException`: `config_invalid`, or `connect_failed` if the process has no
    /// descriptor or memory left.
    ClientState(
        boost::asio::any_io_executor executor, ClientConfig config, ClientOptions const& options
    );

    [[nodiscard]] ClientExecutor& executor() noexcept { return executor_; }
    [[nodiscard]] ClientExecutor const& executor() const noexcept { return executor_; }
    [[nodiscard]] delivery::Environment const& environment() const noexcept { return environment_; }
    /// The instances and routes of now: an operation keeps those that it begins with.
    [[nodiscard]] std::shared_ptr<delivery::Roster const> const& roster() const noexcept {
        return roster_;
    }
    /// How long an operation may take for which `requested` was asked.
    [[nodiscard]] std::chrono::milliseconds time_limit(
        std::optional<std::chrono::milliseconds> requested
    ) const {
        return requested.value_or(deadline_);
    }
    [[nodiscard]] OperationsInFlight& in_flight() noexcept { return in_flight_; }

    [[nodiscard]] bool closing() const noexcept { return closing_; }
    /// Takes no further operation.
    void begin_closing() noexcept { closing_ = true; }
    /// Completes what is in flight with `cancelled`, too.
    void close() noexcept;

private:
    ClientExecutor executor_;
    delivery::Environment environment_;
    std::chrono::milliseconds deadline_;
    std::shared_ptr<delivery::Roster const> roster_;
    OperationsInFlight in_flight_;
    bool closing_{false};
};

}  // namespace otp
