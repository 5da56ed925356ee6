#include "http/socket_watch.hpp"

#include <cerrno>

namespace otp::http {
namespace {

constexpr std::uint32_t end_events = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

}  // namespace

/// While it lives, listeners are being told.
class SocketWatch::Telling {
public:
    explicit Telling(SocketWatch& watch) noexcept : watch_(watch) { ++watch_.telling_; }
    Telling(Telling const&) = delete;
    Telling& operator=(Telling const&) = delete;
    ~Telling() {
        // A user's handler has thrown.
        if (--watch_.telling_ == 0 && watch_.next_ < watch_.count_) watch_.post_catch_up();
    }

private:
    SocketWatch& watch_;
};

boost::system::error_code SocketWatch::control(
    int operation, WatchedSocket& socket, std::uint32_t events
) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &socket;
    if (::epoll_ctl(epoll_handle(), operation, socket.socket_.get(), &event) == 0) return {};
    return {errno, boost::system::system_category()};
}

void SocketWatch::add(WatchedSocket& socket) {
    sockets_.push_back(socket);
    arm();
    if (telling_ == 0) hide_wait_if_unneeded();
}

void SocketWatch::remove(WatchedSocket& socket) noexcept {
    sockets_.erase(sockets_.iterator_to(socket));
    for (auto i = next_; i < count_; ++i)
        if (ready_[i].data.ptr == &socket) ready_[i].data.ptr = nullptr;
    if (sockets_.empty() && armed_) cancel_wait();
}

void SocketWatch::begin_work() {
    if (busy_++ == 0 && armed_) reveal_wait();
}

// Not at once: the next request often begins before all listeners have been told, and the last work
// must be taken from a context inside one of its handlers.
void SocketWatch::end_work() noexcept {
    if (--busy_ == 0 && armed_ && telling_ == 0) post_catch_up();
}

void SocketWatch::hide_wait_if_unneeded() noexcept {
    if (busy_ == 0 && armed_) hide_wait();
}

void SocketWatch::arm() {
    if (armed_ || sockets_.empty()) return;
    armed_ = true;
    start_wait();
}

void SocketWatch::on_wait_over() {
    armed_ = false;
    {
        Telling const telling(*this);
        // If there is only one socket, the kernel need not be asked which it is. It forgets what it
        // has reported when the wait is armed after the input has been read.
        if (sockets_.size() == 1 && !sockets_.front().watches_for_room_)
            sockets_.front().listener_.on_ready(false);
        else
            collect();
        // Before the listeners are told, since users' code may run the event loop.
        arm();
        tell_listeners();
    }
    hide_wait_if_unneeded();
}

void SocketWatch::catch_up() {
    {
        Telling const telling(*this);
        tell_listeners();
    }
    hide_wait_if_unneeded();
}

void SocketWatch::collect() {
    auto* const room = ready_.data() + count_;
    auto const size = ready_.size() - count_;
    int const got = size > 0 ? ::epoll_wait(epoll_handle(), room, static_cast<int>(size), 0) : 0;
    for (int i = 0; i < got; ++i) {
        static_cast<WatchedSocket*>(room[i].data.ptr)->reported_ = true;
        ++count_;
    }
}

bool SocketWatch::collect_while_telling() {
    // A single socket is told without asking the kernel, which then has old news of it.
    if (telling_ == 0 || sockets_.size() == 1) return false;
    collect();
    return count_ < ready_.size();
}

void SocketWatch::tell_listeners() {
    while (next_ < count_) {
        auto const event = ready_[next_++];
        if (event.data.ptr == nullptr) continue;
        auto& socket = *static_cast<WatchedSocket*>(event.data.ptr);
        socket.reported_ = false;
        socket.listener_.on_ready((event.events & end_events) != 0);
    }
    next_ = count_ = 0;
}

}  // namespace otp::http
