#pragma once

#include "http/owned_descriptor.hpp"
#include "http/socket_listener.hpp"

#include <boost/intrusive/list.hpp>
#include <boost/system/error_code.hpp>

#include <memory>

namespace otp::http {

class SocketWatch;

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

    /// Whether it is known that nothing has come since the listener was told last. False also when
    /// only a look at the socket itself can tell.
    [[nodiscard]] bool is_known_to_be_silent();

    /// To be called between reading and whatever may run the event loop: user's code.
    void input_taken();

    /// Whether `io_context::run()` stays for the sake of this socket: an idle connection is no
    /// reason to keep a program running. Has an effect only on an `io_context` and its strands. A
    /// new socket runs in the background.
    void count_as_work();
    void run_in_background() noexcept;

    void close() noexcept;

private:
    friend class SocketWatch;

    std::shared_ptr<SocketWatch> watch_;
    OwnedDescriptor socket_;
    SocketListener& listener_;
    bool counts_as_work_{false};
    bool watches_for_room_{false};
    /// The kernel has told of something, but the listener does not know yet.
    bool reported_{false};
};

}  // namespace otp::http
