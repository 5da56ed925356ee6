#pragma once

#include "http/socket/socket_listener.hpp"
#include "platform/process_mark.hpp"

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

/// What a `SocketWatch` knows of one socket. Stays where it is while it is watched, as the kernel
/// knows it by its address.
struct WatchEntry : boost::intrusive::list_base_hook<> {
    WatchEntry(int native_socket, SocketListener& its_listener) noexcept
        : socket(native_socket), listener(its_listener) {}

    int socket;
    SocketListener& listener;
    bool watches_for_room{false};
    /// The kernel has told of something, but the listener does not know yet.
    bool reported{false};
};

/// All sockets of a transport as one event source of its event loop: an epoll instance inside
/// Asio's.
///
/// A socket is made known to the kernel once, edge-triggered, where a wait of Asio's for each
/// response would cost a system call each. The event loop waits for the epoll instance as a whole;
/// that wait is armed once for all sockets that became ready together. Owned by whoever adds
/// sockets and by the pending wait. Not thread-safe.
///
/// After a fork the kernel's part of it is still the parent's: in the child nothing is told any
/// more, and nothing taken from the parent.
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

    /// Begins to watch a socket, for input only. Fails when the kernel has no memory for it or the
    /// user's limit of watches is reached.
    [[nodiscard]] boost::system::error_code add(WatchEntry& entry);
    /// The listener is told nothing any more. To be called before the socket is closed.
    void remove(WatchEntry& entry) noexcept;

    /// Watches for room to write, too, from now on. Only then may input be left unread.
    void watch_for_room(WatchEntry& entry);

    /// Whether it is known that nothing has come since the listener was told last. False also when
    /// only a look at the socket itself can tell.
    [[nodiscard]] bool is_known_to_be_silent(WatchEntry const& entry);

    /// To be called between reading and whatever may run the event loop: user's code.
    void input_taken() { arm(); }

    /// Whether it was made by a process that this one was forked from.
    [[nodiscard]] bool is_inherited() const noexcept { return !process_.is_this(); }

    /// One reason more, or less, for `io_context::run()` to stay: watched sockets alone are none.
    /// Has an effect only on an `io_context` and its strands.
    void begin_work();
    void end_work() noexcept;

protected:
    SocketWatch() = default;

    /// The epoll instance may be readable, or the wait was cancelled.
    void on_wait_over();
    /// Tells what was left untold, and hides the wait if no socket counts as work.
    void catch_up();

    [[nodiscard]] virtual int epoll_handle() = 0;
    /// Calls `on_wait_over` once, later. The wait counts as work of the event loop until
    /// `hide_wait`. On an `io_context` and its strands it needs no memory from the heap.
    virtual void start_wait() = 0;
    virtual void cancel_wait() noexcept = 0;
    virtual void hide_wait() noexcept = 0;
    virtual void reveal_wait() noexcept = 0;
    /// Calls `catch_up` once, later.
    virtual void post_catch_up() = 0;

private:
    class Telling;

    [[nodiscard]] boost::system::error_code control(
        int operation, WatchEntry& entry, std::uint32_t events
    );
    void arm();
    void catch_up_later() noexcept;
    void collect();
    void tell_listeners();
    void hide_wait_if_unneeded() noexcept;

    platform::ProcessMark process_;
    boost::intrusive::list<WatchEntry> entries_;
    /// How many have begun work and not ended it.
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
