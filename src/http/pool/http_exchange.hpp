#pragma once

#include "http/pool/connection.hpp"
#include "http/pool/dispatcher.hpp"
#include "platform/deadline_queue.hpp"

#include <otp/seam/transport.hpp>

#include <boost/intrusive/list_hook.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>

namespace otp::http {

/// One request on its way through a transport: waiting for a connection, then on one. Not
/// thread-safe: everything happens on the executor.
class Exchange final : public ConnectionUser,
                       public platform::DeadlineEntry,
                       public std::enable_shared_from_this<Exchange> {
public:
    using Handler = Transport::ExchangeHandler;

    Exchange(
        std::shared_ptr<Dispatcher> dispatcher,
        HttpRequest&& request,
        Clock::TimePoint deadline,
        Handler&& handler
    );
    virtual ~Exchange() = default;

    /// Enters the dispatcher, the deadline and the cancellation slot, and keeps itself alive until
    /// completion. If it throws, it is to be stopped.
    void begin();

    /// Ends the exchange from outside, with the evidence of that moment. Safe to call at any time.
    void stop(Error error);
    /// It is under way in a parent process, which this one was forked from: its end here is no
    /// proof that it does not exist, and is told on the event loop.
    void leave_to_parent() noexcept;
    /// Its context has ended: destroys the handler and does not call it.
    void abandon() noexcept;
    /// Ends it because of an exception.
    void stop_for(std::exception_ptr const& thrown);
    [[nodiscard]] bool is_over() const noexcept { return !handler_; }

    /// Sends the request on `connection`. The caller keeps the exchange alive meanwhile.
    void start(std::shared_ptr<Connection> connection, bool reused, Clock::TimePoint now);

    /// Whether only a connection that has served nobody yet will do.
    [[nodiscard]] bool wants_fresh_connection() const noexcept { return wants_fresh_connection_; }

    /// Its places in the dispatcher's lists: of those under way, and of those that wait.
    boost::intrusive::list_member_hook<> under_way;
    boost::intrusive::list_member_hook<> waiting;

private:
    void on_first_byte() override;
    void on_response(HttpResponse&& response) override;
    void on_failure(Error error) override;
    void on_deadline() override;
    [[nodiscard]] Error timeout_error() const;
    void wait_for_fresh_connection();
    /// Whether the request may go out once more, on a connection of its own, since the kept one was
    /// dead.
    [[nodiscard]] bool may_start_anew() const noexcept;
    /// Of all connections that the request was written to.
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept;
    [[nodiscard]] std::string describe_timeout() const;

    [[nodiscard]] ExchangePhase phase() const noexcept;
    void connect_cancellation();
    /// Enters the time by which something must have happened.
    void set_limit();
    /// From now on only the deadline counts.
    void end_first_byte_limit();
    void drop_connection() noexcept;
    /// What is left to do is to call the handler.
    [[nodiscard]] Handler end();
    /// Calls the handler: at once if the call comes from the event loop, else posted.
    void complete(HttpExchange&& exchange);

    std::shared_ptr<Dispatcher> dispatcher_;
    HttpRequest request_;
    Clock::TimePoint deadline_;
    std::optional<Handler> handler_;
    std::shared_ptr<Exchange> keep_alive_;
    std::shared_ptr<Connection> connection_;
    /// Of connections that were given up, or are the parent's.
    std::uint64_t bytes_lost_{0};
    bool reused_connection_{false};
    bool wants_fresh_connection_{false};
    bool waits_for_first_byte_{false};
    Clock::TimePoint first_byte_by_{};
    /// The next limit is `HttpRequest::commit_deadline`.
    bool waits_for_commit_{false};
    /// Inside a caller's stack frame, where the handler must not be called.
    bool must_post_{true};
};

}  // namespace otp::http
