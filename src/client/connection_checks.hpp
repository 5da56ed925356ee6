#pragma once

#include "client/client_state.hpp"

#include <otp/connection_report.hpp>
#include <otp/result.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <vector>

namespace otp {

/// The checks of all ways that a client's requests go, at once. Runs on the work executor.
class ConnectionChecks : public std::enable_shared_from_this<ConnectionChecks> {
public:
    using Outcome = Result<std::vector<ConnectionReport>>;
    using Handler = boost::asio::any_completion_handler<void(Outcome)>;

    /// Begins all of them, and completes `handler` when they are done. Null if there is no memory
    /// for that, which is the outcome then.
    static std::shared_ptr<ConnectionChecks> begin(
        std::shared_ptr<ClientState> const& state, Handler handler
    ) noexcept;

    explicit ConnectionChecks(std::shared_ptr<ClientState> state);

    void cancel();

private:
    void start();
    void check(std::size_t place);
    void keep(std::size_t place, ConnectionReport report) noexcept;
    void finish_one();

    std::shared_ptr<ClientState> state_;
    std::optional<OperationsInFlight::Entry> in_flight_;
    /// That of the beginning, which the ways belong to.
    std::shared_ptr<delivery::Roster const> roster_;
    std::vector<delivery::Roster::Way> ways_;
    std::optional<Handler> handler_;
    /// Each stays where it is.
    std::list<boost::asio::cancellation_signal> cancellations_;
    std::vector<ConnectionReport> reports_;
    std::size_t unfinished_{0};
};

}  // namespace otp
