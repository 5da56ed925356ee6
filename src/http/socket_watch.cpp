#include "http/socket_watch.hpp"

#include "platform/background_work.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace otp::http {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::uint32_t input_events = EPOLLIN | EPOLLRDHUP | EPOLLET;
constexpr std::uint32_t end_events = EPOLLRDHUP | EPOLLHUP | EPOLLERR;

}  // namespace

WatchedSocket::WatchedSocket(
    std::shared_ptr<SocketWatch> watch, OwnedDescriptor socket, SocketListener& listener
)
    : watch_(std::move(watch)), socket_(std::move(socket)), listener_(listener) {}

error_code WatchedSocket::start() {
    auto const error = watch_->control(EPOLL_CTL_ADD, *this, input_events);
    if (!error) watch_->add(*this);
    return error;
}

void WatchedSocket::watch_for_room() {
    if (std::exchange(watches_for_room_, true)) return;
    // A change of what is known to the kernel already: it does not fail.
    static_cast<void>(watch_->control(EPOLL_CTL_MOD, *this, input_events | EPOLLOUT));
}

void WatchedSocket::count_as_work() {
    if (!std::exchange(counts_as_work_, true)) watch_->begin_work();
}

void WatchedSocket::run_in_background() noexcept {
    if (std::exchange(counts_as_work_, false)) watch_->end_work();
}

void WatchedSocket::input_taken() {
    watch_->arm();
}

void WatchedSocket::close() noexcept {
    if (!watch_) return;
    run_in_background();
    // Explicitly: a copy of the descriptor in a forked child would keep the events coming.
    static_cast<void>(watch_->control(EPOLL_CTL_DEL, *this, 0));
    if (is_linked()) watch_->remove(*this);
    socket_ = OwnedDescriptor();
    watch_.reset();
}

error_code SocketWatch::control(int operation, WatchedSocket& socket, std::uint32_t events) {
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

void SocketWatch::end_work() noexcept {
    // The next request often begins before the listeners have all been told, and most others begin
    // soon; and the last work must not be taken from a context outside of its handlers.
    if (--busy_ == 0 && telling_ == 0 && armed_) post_hide_wait();
}

void SocketWatch::arm() {
    if (armed_ || sockets_.empty()) return;
    armed_ = true;
    start_wait();
}

void SocketWatch::on_wait_over() {
    armed_ = false;
    ++telling_;
    // What an outer call has left, if user's code runs the event loop.
    tell_listeners();
    if (sockets_.size() == 1 && !sockets_.front().watches_for_room_) {
        // It is this one; the kernel need not be asked, and forgets what it has reported when the
        // wait is armed after the input has been read.
        sockets_.front().listener_.on_ready(false);
        arm();
    } else {
        collect();
        arm();
        tell_listeners();
    }
    --telling_;
    if (armed_) hide_wait_if_unneeded();
}

void SocketWatch::collect() {
    int const got =
        ::epoll_wait(epoll_handle(), ready_.data(), static_cast<int>(ready_.size()), 0);
    next_ = 0;
    count_ = static_cast<std::size_t>(std::max(got, 0));
}

void SocketWatch::tell_listeners() {
    while (next_ < count_) {
        auto const& event = ready_[next_++];
        if (event.data.ptr == nullptr) continue;
        static_cast<WatchedSocket*>(event.data.ptr)
            ->listener_.on_ready((event.events & end_events) != 0);
    }
}

namespace {

using ContextExecutor = asio::io_context::executor_type;
using ContextStrand = asio::strand<ContextExecutor>;

/// For an executor that nothing is known of: its pending waits count.
struct NoBackgroundWork {
    explicit NoBackgroundWork(asio::any_io_executor const&) noexcept {}
    void begin() noexcept {}
    void hide() noexcept {}
    void reveal() noexcept {}
    void finished() noexcept {}
};

/// A watch that tells its listeners on `Executor`. That of a strand waits in the context behind it,
/// as `BackgroundWork` demands, and goes to the strand from there.
template <class Executor>
class BoundSocketWatch final : public SocketWatch {
public:
    BoundSocketWatch(Executor const& executor, OwnedDescriptor&& epoll)
        : executor_(executor),
          epoll_(waiting_place(executor), epoll.get()),
          work_(epoll_.get_executor()) {
        epoll.release();
    }

private:
    static constexpr bool on_strand = std::is_same_v<Executor, ContextStrand>;

    static auto waiting_place(Executor const& executor) {
        if constexpr (on_strand)
            return executor.get_inner_executor();
        else
            return executor;
    }

    using WaitingPlace = decltype(waiting_place(std::declval<Executor const&>()));
    using Work = std::conditional_t<
        std::is_same_v<WaitingPlace, ContextExecutor>,
        platform::BackgroundWork,
        NoBackgroundWork>;

    [[nodiscard]] std::shared_ptr<BoundSocketWatch> self() {
        return std::static_pointer_cast<BoundSocketWatch>(shared_from_this());
    }

    [[nodiscard]] int epoll_handle() override { return epoll_.native_handle(); }

    void start_wait() override {
        work_.begin();
        epoll_.async_wait(asio::posix::descriptor_base::wait_read, [self = self()](error_code) {
            self->work_.finished();
            if constexpr (on_strand)
                asio::dispatch(self->executor_, [self] { self->on_wait_over(); });
            else
                self->on_wait_over();
        });
    }

    void cancel_wait() noexcept override {
        error_code ignored;
        epoll_.cancel(ignored);
    }

    void hide_wait() noexcept override { work_.hide(); }
    void reveal_wait() noexcept override { work_.reveal(); }

    void post_hide_wait() override {
        if constexpr (!std::is_same_v<Work, NoBackgroundWork>)
            asio::post(executor_, [self = self()] { self->hide_wait_if_unneeded(); });
    }

    Executor executor_;
    asio::posix::basic_stream_descriptor<WaitingPlace> epoll_;
    Work work_;
};

template <class Executor>
std::shared_ptr<SocketWatch> make_if(
    asio::any_io_executor const& executor, OwnedDescriptor&& epoll
) {
    auto const* const concrete = executor.target<Executor>();
    if (concrete == nullptr) return nullptr;
    return std::make_shared<BoundSocketWatch<Executor>>(*concrete, std::move(epoll));
}

}  // namespace

std::shared_ptr<SocketWatch> SocketWatch::make(asio::any_io_executor const& executor) {
    OwnedDescriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll.is_open()) return nullptr;
    if (auto watch = make_if<ContextExecutor>(executor, std::move(epoll))) return watch;
    if (auto watch = make_if<ContextStrand>(executor, std::move(epoll))) return watch;
    using AnyExecutor = asio::any_io_executor;
    return std::make_shared<BoundSocketWatch<AnyExecutor>>(executor, std::move(epoll));
}

}  // namespace otp::http
