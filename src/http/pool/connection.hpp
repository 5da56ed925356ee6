#pragma once

#include "http/socket/byte_stream.hpp"
#include "http/socket/watched_socket.hpp"
#include "http/wire/response_reader.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/config.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/time_after.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace otp::http {

/// What uses a connection for one request. Exactly one of `on_response` and `on_failure` is called,
/// once, unless the connection is closed first. A refusal of which only the header could be read is
/// a response (`HttpResponse::body_problem`).
class ConnectionUser {
public:
    virtual void on_first_byte() = 0;
    virtual void on_response(HttpResponse&& response) = 0;
    virtual void on_failure(Error error) = 0;

protected:
    ~ConnectionUser() = default;
};

/// Told when an idle connection can no longer be used: the peer closed it, or spoke unasked.
class IdleObserver {
public:
    virtual void on_idle_connection_lost(class Connection& connection) = 0;

protected:
    ~IdleObserver() = default;
};

/// An established connection: one request after the other, and all the time a watch that sees
/// whatever the peer does unasked. This is the hot path: a request costs one look at the socket,
/// one write and one read, and its share of a wait for all connections. Not thread-safe.
class Connection final : public SocketListener, public std::enable_shared_from_this<Connection> {
public:
    /// `observer` and `scratch` outlive the connection's last use; `scratch` is shared by all
    /// connections of a transport, since what is read is consumed at once. From `retires_at` on, no
    /// further request begins.
    Connection(
        std::shared_ptr<SocketWatch> watch,
        platform::OwnedDescriptor socket,
        std::unique_ptr<ByteStream> stream,
        HttpLimits const& limits,
        IdleObserver& observer,
        std::span<char> scratch,
        Clock::TimePoint retires_at
    );
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// Begins to watch the socket. If that fails, the connection is of no use.
    [[nodiscard]] boost::system::error_code watch() { return socket_.start(); }

    /// The next request is that of `user`, who stays valid until it is told or the connection is
    /// closed.
    void begin(ConnectionUser& user) noexcept;
    /// Writes the whole request. The user may be told of a failure from inside this call. Throws
    /// `std::bad_alloc`; then the connection is of no use any more.
    void write(std::string_view request);

    /// Bytes of the current or last request that the kernel took, TLS framing included.
    [[nodiscard]] std::uint64_t bytes_taken() const noexcept;

    /// Status of the response under way once its header has been read; else 0.
    [[nodiscard]] int response_status() const noexcept { return reader_ ? reader_->status() : 0; }

    /// Whether the response under way is known to be a refusal (a status from 300 up). Its status
    /// and header are evidence, whatever becomes of its body.
    [[nodiscard]] bool refusal_known() const noexcept { return response_status() >= 300; }
    /// What is known of that refusal. No response comes any more.
    [[nodiscard]] HttpResponse take_refusal(std::string body_problem);

    /// How far the request under way has come: `writing`, `waiting` or `reading`.
    [[nodiscard]] ExchangePhase request_phase() const noexcept;

    /// After a response: whether another request may follow (RFC 9112 9.3).
    [[nodiscard]] bool reusable() const noexcept { return reusable_; }

    /// Ready for the next request, as long as the peer does nothing unasked.
    void become_idle(Clock::TimePoint now);

    /// Whether an idle connection is still good at `now`: not retired, not idle for too long, and
    /// with nothing received.
    [[nodiscard]] bool usable(Clock::TimePoint now);

    /// The end of the time for which an idle connection may stay unused.
    [[nodiscard]] Clock::TimePoint idle_until() const noexcept {
        return std::min(retires_at_, time_after(idle_since_, idle_limit_));
    }

    /// Gives back what an idle connection does not need until its next request.
    void release_memory() noexcept;

    /// Closes without telling the user.
    void close() noexcept;
    [[nodiscard]] bool closed() const noexcept { return phase_ == Phase::closed; }

private:
    enum class Phase { idle, writing, reading, closed };

    void on_ready(bool peer_ended) override;

    void write_on();
    void read_on();
    void on_idle_input();
    void finish_response(bool nothing_left);
    [[nodiscard]] bool receives_nothing();
    /// What has just come, or the end of it. `nothing_left`: all of it belonged to the response.
    [[nodiscard]] ResponseReader::Progress take_in(IoResult const& result, bool& nothing_left);
    [[nodiscard]] std::string describe_failure(IoResult const& result) const;
    /// `message` is what is wrong with the body, if that is all.
    void fail(ErrorCategory category, std::string message);
    void fail_io(IoResult const& result);
    void fail_reading();
    void fail_for(std::exception_ptr const& thrown);
    void keep_for_later(std::string_view rest);

    WatchedSocket socket_;
    std::unique_ptr<ByteStream> stream_;
    HttpLimits const& limits_;
    IdleObserver& observer_;
    std::span<char> scratch_;
    Clock::TimePoint retires_at_;
    Clock::TimePoint idle_since_{};
    std::chrono::milliseconds idle_limit_;

    Phase phase_{Phase::idle};
    bool reusable_{true};
    bool peer_ended_{false};
    ConnectionUser* user_{nullptr};
    std::uint64_t taken_before_request_{0};
    std::optional<ResponseReader> reader_;
    /// What the socket did not take yet of the request.
    std::string unwritten_;
    /// What the reader could not consume yet.
    std::string unread_;
};

}  // namespace otp::http
