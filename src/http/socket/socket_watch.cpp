#include "http/socket/socket_watch.hpp"

#include <cerrno>
#include <exception>
#include <utility>

namespace otp::http {
namespace {

constexpr std::uint32_t input_events = EPOLLIN | EPOLLRDHUP | EPOLLET;
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
        if (--watch_.telling_ == 0 && watch_.next_ < watch_.count_) watch_.catch_up_later();
    }

private:
    SocketWatch& watch_;
};

boost::system::error_code SocketWatch::control(
    int operation, WatchEntry& entry, std::uint32_t events
) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = &entry;
    if (::epoll_ctl(epoll_handle(), operation, entry.socket, &event) == 0) return {};
    return {errno, boost::system::system_category()};
}

boost::system::error_code SocketWatch::add(WatchEntry& entry) {
    if (auto const error = control(EPOLL_CTL_ADD, entry, input_events)) return error;
    entries_.push_back(entry);
    arm();
    if (telling_ == 0) hide_wait_if_unneeded();
    return {};
}

void SocketWatch::remove(WatchEntry& entry) noexcept {
    // Closing would not do: a copy of the descriptor in a forked child would keep the events
    // coming. In the child itself, it is the parent that would miss them.
    if (!is_inherited()) static_cast<void>(control(EPOLL_CTL_DEL, entry, 0));
    entries_.erase(entries_.iterator_to(entry));
    for (auto i = next_; i < count_; ++i) {
        if (ready_[i].data.ptr == &entry) ready_[i].data.ptr = nullptr;
    }
    if (entries_.empty() && armed_) cancel_wait();
}

void SocketWatch::watch_for_room(WatchEntry& entry) {
    if (std::exchange(entry.watches_for_room, true)) return;
    // A change of what the kernel knows already needs no memory: it does not fail.
    static_cast<void>(control(EPOLL_CTL_MOD, entry, input_events | EPOLLOUT));
}

bool SocketWatch::is_known_to_be_silent(WatchEntry const& entry) {
    // Nobody would be told of what is collected now.
    if (telling_ == 0) return false;
    collect();
    bool const all_is_collected = count_ < ready_.size();
    return all_is_collected && !entry.reported;
}

void SocketWatch::begin_work() {
    if (busy_++ == 0 && armed_) reveal_wait();
}

// Not at once: the next request often begins before all listeners have been told, and the last work
// must be taken from a context inside one of its handlers.
void SocketWatch::end_work() noexcept {
    if (--busy_ == 0 && armed_ && telling_ == 0) catch_up_later();
}

void SocketWatch::hide_wait_if_unneeded() noexcept {
    if (busy_ == 0 && armed_) hide_wait();
}

void SocketWatch::arm() {
    if (armed_ || entries_.empty()) return;
    start_wait();
    armed_ = true;
}

// It fails for want of memory only while another is pending, or on an executor that nothing is
// known of. What was left untold is told with the next event then.
void SocketWatch::catch_up_later() noexcept {
    try {
        post_catch_up();
    } catch (std::exception const&) {
    }
}

void SocketWatch::on_wait_over() {
    armed_ = false;
    if (is_inherited()) return;
    {
        Telling const telling(*this);
        // If there is only one socket, the kernel need not be asked which it is: asked later, it
        // tells of nothing that has been read meanwhile.
        if (entries_.size() == 1 && !entries_.front().watches_for_room) {
            entries_.front().listener.on_ready(false);
        } else {
            collect();
        }
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
    auto const size = is_inherited() ? 0 : ready_.size() - count_;
    int const got = size > 0 ? ::epoll_wait(epoll_handle(), room, static_cast<int>(size), 0) : 0;
    for (int i = 0; i < got; ++i) {
        static_cast<WatchEntry*>(room[i].data.ptr)->reported = true;
        ++count_;
    }
}

void SocketWatch::tell_listeners() {
    while (next_ < count_) {
        auto const event = ready_[next_++];
        if (event.data.ptr == nullptr) continue;
        auto& entry = *static_cast<WatchEntry*>(event.data.ptr);
        entry.reported = false;
        entry.listener.on_ready((event.events & end_events) != 0);
    }
    next_ = count_ = 0;
}

}  // namespace otp::http
