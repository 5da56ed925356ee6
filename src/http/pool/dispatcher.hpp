#pragma once

#include "http/connect/connection_opener.hpp"
#include "http/pool/connection.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/exchange_phase.hpp>

#include <memory>
#include <string>

namespace otp::http {

class Exchange;

/// To an exchange, the transport that it belongs to: it counts the requests under way, has them
/// wait in order, and hands out connections. It lives as long as any of its exchanges.
class Dispatcher {
public:
    /// Executor, limits and deadlines of all exchanges.
    [[nodiscard]] virtual OpenerSettings const& settings() const noexcept = 0;

    /// The exchange is under way from `enter` to `leave`, which also ends its waiting.
    virtual void enter(Exchange& exchange) noexcept = 0;
    virtual void leave(Exchange& exchange) noexcept = 0;

    /// The exchange waits for a connection, before all others, until it is started or leaves.
    virtual void wait_first(Exchange& exchange) noexcept = 0;
    /// Begins what can be done for those who wait. May start or stop any of them.
    virtual void serve_waiters() = 0;

    /// How far the opening has come whose connection the exchange will get, if all goes on in
    /// order; `queued` if there is none for it.
    [[nodiscard]] virtual ExchangePhase opening_phase(Exchange const& exchange) const noexcept = 0;
    /// What that opening does, for a message: `connecting to api.example.com:443`. Empty if there
    /// is none.
    [[nodiscard]] virtual std::string describe_opening(Exchange const& exchange) const = 0;

    /// Writes the request, and leaves no copy of it. As `Connection::write`.
    virtual void write(HttpRequest const& request, Connection& connection) = 0;
    /// Takes back a connection that has brought a response, for the next one if it is of any use.
    virtual void give_back(std::shared_ptr<Connection> connection) = 0;
    /// Closes a connection that is of no use any more.
    virtual void discard(Connection& connection) noexcept = 0;

protected:
    ~Dispatcher() = default;
};

}  // namespace otp::http
