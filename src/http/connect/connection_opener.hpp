#pragma once

#include "http/connect/host_addresses.hpp"
#include "http/connect/opening_record.hpp"
#include "http/socket/byte_stream.hpp"
#include "http/tls/tls_context.hpp"
#include "http/wire/origin.hpp"
#include "platform/deadline_queue.hpp"
#include "platform/owned_descriptor.hpp"

#include <otp/config.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/result.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/name_resolver.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace otp::http {

/// A connected socket and the bytes on it, past the proxy and past the TLS handshake.
struct OpenedStream {
    platform::OwnedDescriptor socket;
    std::unique_ptr<ByteStream> stream;
    /// Whoever is at the other end is trusted until then.
    Clock::TimePoint trusted_until{Clock::TimePoint::max()};
};

/// What all connections of a transport are opened with. Outlives every opening.
struct OpenerSettings {
    boost::asio::any_io_executor executor;
    Origin origin;
    HttpLimits limits;
    std::optional<ProxyConfig> proxy;
    std::shared_ptr<Clock> clock;
    /// Of the origin or, where there is one, of the proxy.
    std::shared_ptr<HostAddresses> addresses;
    std::shared_ptr<platform::DeadlineQueue> deadlines;
    std::unique_ptr<TlsContext> tls;
};

/// One connection on its way: name resolution, TCP (several addresses as RFC 8305 says), the
/// proxy's tunnel, TLS. Ends by itself at its time limits; nothing of a request exists in it.
class ConnectionOpener final : public platform::DeadlineEntry,
                               public std::enable_shared_from_this<ConnectionOpener> {
public:
    using Done = std::function<void(Result<OpenedStream>)>;

    /// `settings` outlives the opener, and so does `record`, unless it is null: it is told of each
    /// step.
    explicit ConnectionOpener(OpenerSettings& settings, OpeningRecord* record = nullptr);

    /// Calls `done` once, later, on the settings' executor.
    void start(Done done);

    /// Ends the opening early; `done` is called with `cancelled`.
    void abort() noexcept;

    /// How far it has come: from `resolving` to `handshaking`. Its failure's `Error::phase`.
    [[nodiscard]] ExchangePhase phase() const noexcept { return phase_; }
    /// What it is doing in that phase, for a message: `connecting to api.example.com:443`.
    [[nodiscard]] std::string describe_phase() const;

private:
    class Race;
    using Socket = std::unique_ptr<boost::asio::ip::tcp::socket>;

    boost::asio::awaitable<Result<OpenedStream>> open();
    boost::asio::awaitable<Result<HostAddresses::Addresses>> resolve();
    boost::asio::awaitable<Result<OpenedStream>> open_at(HostAddresses::Addresses addresses);
    boost::asio::awaitable<Result<Socket>> connect(HostAddresses::Addresses addresses);
    boost::asio::awaitable<std::optional<Error>> tunnel(boost::asio::ip::tcp::socket& socket);
    boost::asio::awaitable<Result<OpenedStream>> secure(Socket socket);
    /// Waits until the socket is ready or the phase's time is up.
    boost::asio::awaitable<bool> wait_ready(boost::asio::ip::tcp::socket& socket, IoStatus wanted);

    void enter(ExchangePhase phase);
    void limit_time(std::chrono::milliseconds limit);
    void on_deadline() override;
    void stop_waiting() noexcept;
    [[nodiscard]] bool stopped() const noexcept { return timed_out_ || aborted_; }
    [[nodiscard]] Error stop_reason() const;
    [[nodiscard]] Error error_of(std::exception_ptr const& thrown) const noexcept;
    [[nodiscard]] Error with_phase(Error error) const;
    [[nodiscard]] std::string name_to_resolve() const;
    [[nodiscard]] std::string peer_name() const;

    OpenerSettings& settings_;
    OpeningRecord* record_;
    std::unique_ptr<ClockTimer> wake_;
    std::shared_ptr<Race> race_;
    boost::asio::ip::tcp::socket* waiting_socket_{nullptr};
    ExchangePhase phase_{ExchangePhase::resolving};
    std::string last_failure_;
    bool timed_out_{false};
    bool aborted_{false};
};

}  // namespace otp::http
