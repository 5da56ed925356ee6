#include "http/watched_socket.hpp"

#include "http/socket_watch.hpp"

#include <cstdint>
#include <sys/epoll.h>
#include <utility>

namespace otp::http {
namespace {

constexpr std::uint32_t input_events = EPOLLIN | EPOLLRDHUP | EPOLLET;

}  // namespace

WatchedSocket::WatchedSocket(
    std::shared_ptr<SocketWatch> watch, OwnedDescriptor socket, SocketListener& listener
)
    : watch_(std::move(watch)), socket_(std::move(socket)), listener_(listener) {}

boost::system::error_code WatchedSocket::start() {
    auto const error = watch_->control(EPOLL_CTL_ADD, *this, input_events);
    if (!error) watch_->add(*this);
    return error;
}

void WatchedSocket::watch_for_room() {
    if (std::exchange(watches_for_room_, true)) return;
    // A change of what the kernel knows already needs no memory: it does not fail.
    static_cast<void>(watch_->control(EPOLL_CTL_MOD, *this, input_events | EPOLLOUT));
}

bool WatchedSocket::is_known_to_be_silent() {
    return watch_->collect_while_telling() && !reported_;
}

void WatchedSocket::input_taken() {
    watch_->arm();
}

void WatchedSocket::count_as_work() {
    if (!std::exchange(counts_as_work_, true)) watch_->begin_work();
}

void WatchedSocket::run_in_background() noexcept {
    if (std::exchange(counts_as_work_, false)) watch_->end_work();
}

void WatchedSocket::close() noexcept {
    if (!watch_) return;
    run_in_background();
    if (is_linked()) {
        // Explicitly: a copy of the descriptor in a forked child would keep the events coming.
        static_cast<void>(watch_->control(EPOLL_CTL_DEL, *this, 0));
        watch_->remove(*this);
    }
    socket_ = OwnedDescriptor();
    watch_.reset();
}

}  // namespace otp::http
