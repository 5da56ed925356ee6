#pragma once

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <memory>

namespace otp::http {

/// Told when a socket became ready, unless it was closed first.
class ReadinessListener {
public:
    virtual ~ReadinessListener() = default;
    virtual void on_readable() = 0;
    virtual void on_writable() = 0;
};

/// A TCP socket as an event source: connecting, and waiting for readiness. Bytes are moved by
/// `ByteStream` on the native socket. Closed by its destructor. Not thread-safe.
class ReadinessSocket {
public:
    using Handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;

    virtual ~ReadinessSocket() = default;

    virtual void async_connect(boost::asio::ip::tcp::endpoint const& peer, Handler handler) = 0;
    virtual void async_wait_readable(Handler handler) = 0;
    virtual void async_wait_writable(Handler handler) = 0;

    /// The waits of the hot path: no erased handler; the listener is kept alive until told. They
    /// take nothing from the socket: what has come stays where a look at it finds it.
    virtual void notify_readable(std::shared_ptr<ReadinessListener> listener) = 0;
    virtual void notify_writable(std::shared_ptr<ReadinessListener> listener) = 0;

    /// Lets `io_context::run()` return although the wait of `notify_readable` is pending: an idle
    /// connection is no reason to keep a program running. Until `count_as_work`, the end of the
    /// wait or `close`. Has an effect only on an `io_context` and its strands.
    virtual void run_in_background() = 0;
    virtual void count_as_work() = 0;

    [[nodiscard]] virtual int native_handle() = 0;
    /// Ends all waits with `operation_aborted`; listeners are told no more.
    virtual void close() noexcept = 0;
};

/// Makes sockets for one executor.
class SocketFactory {
public:
    virtual ~SocketFactory() = default;
    [[nodiscard]] virtual std::unique_ptr<ReadinessSocket> make() const = 0;
};

/// Sockets that work on `executor`. Where the executor is an `io_context`'s own, or a strand of it,
/// they are bound to that concrete type, which saves a fifth of a request's cost outside TLS.
[[nodiscard]] std::unique_ptr<SocketFactory> make_socket_factory(
    boost::asio::any_io_executor const& executor
);

}  // namespace otp::http
