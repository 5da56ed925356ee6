#include "http/socket/watched_socket.hpp"

#include <utility>

namespace otp::http {

WatchedSocket::WatchedSocket(
    std::shared_ptr<SocketWatch> watch, platform::OwnedDescriptor socket, SocketListener& listener
)
    : watch_(std::move(watch)), socket_(std::move(socket)), entry_(socket_.get(), listener) {}

void WatchedSocket::count_as_work() {
    if (!std::exchange(counts_as_work_, true)) watch_->begin_work();
}

void WatchedSocket::run_in_background() noexcept {
    if (std::exchange(counts_as_work_, false)) watch_->end_work();
}

void WatchedSocket::close() noexcept {
    if (!watch_) return;
    run_in_background();
    if (entry_.is_linked()) watch_->remove(entry_);
    socket_ = platform::OwnedDescriptor();
    watch_.reset();
}

}  // namespace otp::http
