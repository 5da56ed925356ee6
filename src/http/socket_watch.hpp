#pragma once

#include "http/owned_descriptor.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/system/error_code.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include <sys/epoll.h>

namespace otp::http {

class SocketWatch;

/// Told when something happened on a socket.
class SocketListener {
public:
    /// The socket may have become readable or writable; nothing has been taken from it. Told once
    /// for each change: whoever waits for input must have read until there was none, or until a
    /// read got less than it asked for. `peer_ended`: a FIN or RST is among what has come, behind
    /// whatever is still to be read.
    virtual void on_ready(bool peer_ended) = 0;

protected:
    ~SocketListener() = default;
};

/// A connected socket under a `SocketWatch`. Bytes are moved by `ByteStream` on the native socket.
/// Closed by its destructor; does not move, as the kernel knows it by its address. Not thread-safe.
class WatchedSocket : public boost::intrusive::list_base_hook<> {
public:
    /// `listener` is told nothing before `start` and nothing after `close`.
    WatchedSocket(
        std::shared_ptr<SocketWatch> watch, OwnedDescriptor socket, SocketListener& listener
    );
    WatchedSocket(WatchedSocket const&) = delete;
    WatchedSocket& operator=(WatchedSocket const&) = delete;
    ~WatchedSocket() { close(); }

    /// Begins to watch, for input only. Fails when the kernel has no memory for it or the user's
    /// limit of watches is reached.
    [[nodiscard]] boost::system::error_code start();
    /// Watches for room to write, too, from now on. Only then may input be left unread.
    void watch_for_room();

    /// Whether `io_context::run()` stays for the sake of this socket: an idle connection is no
    /// reason to keep a program running. Has an effect only on an `io_context` and its strands. A
    /// new socket runs in the background.
    void count_as_work();
    void run_in_background() noexcept;

    /// To be called between reading and whatever else may run the event loop: user's code.
    void input_taken();

    void close() noexcept;

private:
    friend class SocketWatch;

    std::shared_ptr<SocketWatch> watch_;
    OwnedDescriptor socket_;
    SocketListener& listener_;
    bool counts_as_work_{false};
    bool watches_for_room_{false};
};

/// All sockets of a transport as one event source in its event loop: an epoll instance inside
/// Asio's.
///
/// A socket is made known to the kernel once (edge-triggered), where a wait of Asio's for each
/// response would cost a system call each. The event loop waits for the epoll instance as a whole;
/// that wait is armed once for all sockets that became ready together. Owned by its sockets and the
/// pending wait. Not thread-safe.
class SocketWatch : public std::enable_shared_from_this<SocketWatch> {
public:
    /// Works on `executor`. Where that is an `io_context`'s own or a strand of it, the wait is bound
    /// to the concrete type. Null if the process has no descriptor left.
    [[nodiscard]] static std::shared_ptr<SocketWatch> make(
        boost::asio::any_io_executor const& executor
    );

    virtual ~SocketWatch() = default;
    SocketWatch(SocketWatch const&) = delete;
    SocketWatch& operator=(SocketWatch const&) = delete;

protected:
    SocketWatch() = default;

    /// The epoll instance may be readable, or the wait was cancelled.
    void on_wait_over();

    [[nodiscard]] virtual int epoll_handle() = 0;
    /// Calls `on_wait_over` once, later. The wait counts as work of the event loop until
    /// `hide_wait`.
    virtual void start_wait() = 0;
    virtual void cancel_wait() noexcept = 0;
    virtual void hide_wait() noexcept = 0;
    virtual void reveal_wait() noexcept = 0;
    /// Calls `hide_wait_if_unneeded` later, as a handler of the event loop.
    virtual void post_hide_wait() = 0;

    void hide_wait_if_unneeded() noexcept {
        if (busy_ == 0) hide_wait();
    }

private:
    friend class WatchedSocket;

    [[nodiscard]] boost::system::error_code control(
        int operation, WatchedSocket& socket, std::uint32_t events
    );
    void add(WatchedSocket& socket);
    void remove(WatchedSocket& socket) noexcept;
    void begin_work();
    void end_work() noexcept;
    void arm();
    void collect();
    void tell_listeners();

    boost::intrusive::list<WatchedSocket> sockets_;
    /// How many of them count as work.
    std::size_t busy_{0};
    bool armed_{false};
    /// How many calls of `on_wait_over` are under way: user's code may run the event loop.
    int telling_{0};
    /// What the kernel reported and no listener was told yet: `next_` to `count_`.
    std::array<epoll_event, 64> ready_{};
    std::size_t next_{0};
    std::size_t count_{0};
};

}  // namespace otp::http
