#pragma once

#include "client/client_executor.hpp"
#include "client/operations_in_flight.hpp"
#include "delivery/roster/roster.hpp"
#include "delivery/run/environment.hpp"

#include <otp/client.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

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
    [[nodiscard]] delivery::Environment& environment() noexcept { return environment_; }
    /// As the client was made with, with nothing left out.
    [[nodiscard]] ClientOptions const& options() const noexcept { return options_; }
    /// The instances and routes of now: an operation keeps those that it begins with.
    [[nodiscard]] std::shared_ptr<delivery::Roster const> const& roster() const noexcept {
        return roster_;
    }
    /// The same from any thread.
    [[nodiscard]] std::shared_ptr<delivery::Roster const> shared_roster() const {
        std::lock_guard const lock(roster_mutex_);
        return roster_;
    }
    /// Goes by another configuration from now on. Throws as the constructor, and changes nothing
    /// then.
    ReloadReport reload(ClientConfig config);
    /// How long an operation may take for which `requested` was asked.
    [[nodiscard]] std::chrono::milliseconds time_limit(
        std::optional<std::chrono::milliseconds> requested
    ) const {
        return requested.value_or(deadline_);
    }
    [[nodiscard]] OperationsInFlight& in_flight() noexcept { return in_flight_; }

    /// May be called from any thread.
    [[nodiscard]] bool closing() const noexcept { return closing_; }
    /// Takes no further operation.
    void begin_closing() noexcept { closing_ = true; }
    /// Completes what is in flight with `cancelled`, too.
    void close() noexcept;

private:
    ClientExecutor executor_;
    delivery::Environment environment_;
    ClientOptions options_;
    std::chrono::milliseconds deadline_;
    /// Held by other threads that read `roster_`, and by whoever changes it.
    mutable std::mutex roster_mutex_;
    std::shared_ptr<delivery::Roster const> roster_;
    /// Those of before that operations still hold.
    std::vector<std::weak_ptr<delivery::Roster const>> earlier_rosters_;
    OperationsInFlight in_flight_;
    std::atomic<bool> closing_{false};
};

}  // namespace otp
