#pragma once

#include "http/connect/connection_opener.hpp"
#include "http/connection_check.hpp"
#include "http/pool/connection.hpp"
#include "http/pool/connection_pool.hpp"
#include "http/pool/dispatcher.hpp"
#include "http/pool/http_exchange.hpp"
#include "http/socket/socket_watch.hpp"
#include "http/wire/request_wire.hpp"
#include "platform/block_pool.hpp"
#include "platform/context_notices.hpp"
#include "platform/process_mark.hpp"
#include "platform/published_count.hpp"

#include <otp/seam/transport.hpp>

#include <boost/intrusive/list.hpp>

#include <array>
#include <cstddef>
#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace otp::http {

/// HTTP/1.1 over pooled connections to one origin.
///
/// Requests that find no usable connection wait in order; a connection that becomes free is handed
/// to the first of them. Everything runs on one executor (an `io_context` of one thread, or a
/// strand), so nothing is locked; `connections` reads what is published for other threads.
class HttpTransport final : public Transport,
                            public Dispatcher,
                            public IdleObserver,
                            public platform::ContextListener,
                            public std::enable_shared_from_this<HttpTransport> {
public:
    [[nodiscard]] static Result<std::shared_ptr<Transport>> make(TransportSettings const& settings);

    explicit HttpTransport(OpenerSettings settings);
    ~HttpTransport() override;
    HttpTransport(HttpTransport const&) = delete;
    HttpTransport& operator=(HttpTransport const&) = delete;

    void async_exchange(HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler)
        override;
    void warm_up(std::size_t count) override;
    void async_check_connection(ReportHandler handler) override;
    [[nodiscard]] std::optional<ConnectionCounts> connections() const noexcept override;
    void close() noexcept override;

private:
    /// Closes connections at the end of their idle time, where no request meets them.
    class IdleSweep final : public platform::DeadlineEntry {
    public:
        explicit IdleSweep(HttpTransport& transport) : transport_(transport) {}
        void on_deadline() override { transport_.sweep_idle(); }

    private:
        HttpTransport& transport_;
    };
    using ExchangePointer = std::shared_ptr<Exchange>;
    template <auto hook>
    using ExchangeList = boost::intrusive::list<
        Exchange,
        boost::intrusive::member_hook<Exchange, boost::intrusive::list_member_hook<>, hook>>;

    [[nodiscard]] OpenerSettings const& settings() const noexcept override { return settings_; }
    void enter(Exchange& exchange) noexcept override;
    void leave(Exchange& exchange) noexcept override;
    void wait_first(Exchange& exchange) noexcept override;
    void serve_waiters() override;
    [[nodiscard]] ExchangePhase opening_phase(Exchange const& exchange) const noexcept override;
    [[nodiscard]] std::string describe_opening(Exchange const& exchange) const override;
    void write(HttpRequest const& request, Connection& connection) override;
    void give_back(std::shared_ptr<Connection> connection) override;
    void discard(Connection& connection) noexcept override { pool_.discard(connection); }

    void on_idle_connection_lost(Connection& connection) override;
    void on_forked_child() noexcept override;
    void on_context_end() noexcept override;

    /// The opening whose connection a waiting exchange will get, if all goes on in order; null if
    /// there are fewer, or it does not wait.
    [[nodiscard]] ConnectionOpener const* opener_for(Exchange const& exchange) const noexcept;

    /// Ends every request under way, and what is kept for further ones.
    void drop_all(ErrorCategory category, std::string_view message) noexcept;
    /// This process is a child of the one that connected: what was under way is the parent's.
    void leave_to_parent() noexcept;

    /// Completes a request of which nothing was begun.
    void fail_unbegun(ExchangeHandler handler, std::exception_ptr const& thrown);
    /// Sends the request, or has it wait for a connection; does neither if it is refused.
    void begin(
        ExchangePointer const& exchange,
        std::optional<Error> refusal,
        Clock::TimePoint now,
        Clock::TimePoint deadline
    );
    void serve_with_idle_connections();
    void take_first_waiter() noexcept;
    /// After each change of `waiters_`.
    void publish_waiting() noexcept { waiting_.set(waiters_.size()); }
    /// Sends the request; a failure of that is the exchange's own.
    static void start_on(
        Exchange& exchange,
        std::shared_ptr<Connection> connection,
        bool reused,
        Clock::TimePoint now
    );
    /// Why none could be begun, if so: a lack of memory, say.
    [[nodiscard]] std::optional<Error> open_connection();
    void on_opened(std::shared_ptr<ConnectionOpener> const& opener, Result<OpenedStream> opened);
    /// A connection on what was opened. Errors: `connect_failed`.
    Result<std::shared_ptr<Connection>> adopt(OpenedStream&& opened, Clock::TimePoint now);
    /// That of the open connections, or a new one. Errors: `connect_failed`.
    Result<std::shared_ptr<SocketWatch>> watch();
    /// An opening brought no connection.
    void on_open_failed(Error error);
    void fail_first_waiter(Error error);
    void keep_idle(std::shared_ptr<Connection> connection, Clock::TimePoint now);
    void sweep_idle();
    void sweep_idle_at(Clock::TimePoint when);

    // Declared first and so destroyed last: everything below works with it.
    OpenerSettings settings_;
    platform::ProcessMark process_;
    /// Lives as long as there are connections: whoever has none needs no descriptor.
    std::weak_ptr<SocketWatch> watch_;
    platform::BlockPool::Owner exchange_pool_{platform::BlockPool::make()};
    RequestWire wire_;
    ConnectionPool pool_;
    /// The first is served first. Each of them is under way, too, and keeps itself alive.
    ExchangeList<&Exchange::waiting> waiters_;
    /// How many they are, for other threads.
    platform::PublishedCount waiting_;
    std::list<std::shared_ptr<ConnectionOpener>> openers_;
    std::list<std::shared_ptr<ConnectionCheck>> checks_;
    ExchangeList<&Exchange::under_way> active_;
    IdleSweep idle_sweep_{*this};
    bool closed_{false};
    bool serving_waiters_{false};
    /// The request being written, wiped after each use.
    std::string outgoing_;
    /// What was just read; shared by all connections, as it is consumed at once. One TLS record.
    std::array<char, 16 * 1024> scratch_{};
};

}  // namespace otp::http
