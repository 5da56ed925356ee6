#pragma once

#include "http/watched_socket.hpp"

#include <otp/result.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/intrusive/list.hpp>
#include <boost/system/error_code.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <sys/epoll.h>

namespace otp::http {

/// All sockets of a transport as one event source of its event loop: an epoll instance inside
/// Asio's.
///
/// A socket is made known to the kernel once, edge-triggered, where a wait of Asio's for each
/// response would cost a system call each. The event loop waits for the epoll instance as a whole;
/// that wait is armed once for all sockets that became ready together. Owned by its sockets and by
/// the pending wait. Not thread-safe.
class SocketWatch : public std::enable_shared_from_this<SocketWatch> {
public:
    /// Tells its listeners on `executor`. Where that is an `io_context`'s own or a strand of it,
    /// the wait is bound to the concrete type. Fails if the process has no descriptor left.
    [[nodiscard]] static Result<std::shared_ptr<SocketWatch>> make(
        boost::asio::any_io_executor const& executor
    );

    virtual ~SocketWatch() = default;
    SocketWatch(SocketWatch const&) = delete;
    SocketWatch& operator=(SocketWatch const&) = delete;

protected:
    SocketWatch() = default;

    /// The epoll instance may be readable, or the wait was cancelled.
    void on_wait_over();
    /// Tells what was left untold, and hides the wait if no socket counts as work.
    void catch_up();

    [[nodiscard]] virtual int epoll_handle() = 0;
    /// Calls `on_wait_over` once, later. The wait counts as work of the event loop until
    /// `hide_wait`.
    virtual void start_wait() = 0;
    virtual void cancel_wait() noexcept = 0;
    virtual void hide_wait() noexcept = 0;
    virtual void reveal_wait() noexcept = 0;
    /// Calls `catch_up` once, later.
    virtual void post_catch_up() = 0;

private:
    friend class WatchedSocket;
    class Telling;

    [[nodiscard]] boost::system::error_code control(
        int operation, WatchedSocket& socket, std::uint32_t events
    );
    void add(WatchedSocket& socket);
    void remove(WatchedSocket& socket) noexcept;
    void begin_work();
    void end_work() noexcept;

    void arm();
    void collect();
    /// Collects, if listeners are being told and so will be told of that, too. Answers whether all
    /// that has happened is collected now.
    [[nodiscard]] bool collect_while_telling();
    void tell_listeners();
    void hide_wait_if_unneeded() noexcept;

    boost::intrusive::list<WatchedSocket> sockets_;
    /// How many of them count as work.
    std::size_t busy_{0};
    bool armed_{false};
    /// Deeper than one if a listener runs the event loop.
    int telling_{0};
    /// What the kernel reported; `next_` to `count_` are still to be told. As many as Asio takes at
    /// a time: timers and other handlers wait meanwhile.
    std::array<epoll_event, 128> ready_{};
    std::size_t next_{0};
    std::size_t count_{0};
};

}  // namespace otp::http
