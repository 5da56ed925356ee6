#pragma once

#include "http/socket/socket_watch.hpp"
#include "platform/owned_descriptor.hpp"

#include <boost/system/error_code.hpp>

#include <memory>

namespace otp::http {

/// A connected socket under a `SocketWatch`, which it keeps alive. Bytes are moved by `ByteStream`
/// on the native socket. Closed by its destructor. Not thread-safe.
class WatchedSocket {
public:
    /// `listener` is told nothing before `start` and nothing after `close`.
    WatchedSocket(
        std::shared_ptr<SocketWatch> watch,
        platform::OwnedDescriptor socket,
        SocketListener& listener
    );
    WatchedSocket(WatchedSocket const&) = delete;
    WatchedSocket& operator=(WatchedSocket const&) = delete;
    ~WatchedSocket() { close(); }

    /// `SocketWatch::add`: if it fails, the socket is of no use.
    [[nodiscard]] boost::system::error_code start() { return watch_->add(entry_); }
    void watch_for_room() { watch_->watch_for_room(entry_); }
    [[nodiscard]] bool is_known_to_be_silent() { return watch_->is_known_to_be_silent(entry_); }
    void input_taken() { watch_->input_taken(); }
    /// Whether it is that of a parent process.
    [[nodiscard]] bool is_inherited() const noexcept { return watch_->is_inherited(); }

    /// Whether `io_context::run()` stays for the sake of this socket: an idle connection is no
    /// reason to keep a program running. A new socket runs in the background.
    void count_as_work();
    void run_in_background() noexcept;

    void close() noexcept;

private:
    std::shared_ptr<SocketWatch> watch_;
    platform::OwnedDescriptor socket_;
    WatchEntry entry_;
    bool counts_as_work_{false};
};

}  // namespace otp::http
