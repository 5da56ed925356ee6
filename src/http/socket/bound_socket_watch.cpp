// The watch's wait in Asio's event loop, for each kind of executor.

#include "http/socket/socket_watch.hpp"
#include "platform/background_work.hpp"
#include "platform/handler_memory.hpp"
#include "platform/owned_descriptor.hpp"
#include "platform/resource_failure.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

#include <cerrno>
#include <type_traits>
#include <utility>

namespace otp::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

using ContextExecutor = asio::io_context::executor_type;
using ContextStrand = asio::strand<ContextExecutor>;
/// What the client makes of a pool; the watch waits and tells on it without type erasure.
using PoolStrand = asio::strand<asio::thread_pool::executor_type>;

/// For any other executor: its pending waits count.
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
    /// Takes over `epoll`.
    BoundSocketWatch(Executor const& executor, platform::OwnedDescriptor& epoll)
        : executor_(executor),
          epoll_(waiting_place(executor), epoll.get()),
          work_(epoll_.get_executor()) {
        epoll.release();
    }

private:
    static constexpr bool on_strand = std::is_same_v<Executor, ContextStrand>;

    static auto waiting_place(Executor const& executor) {
        if constexpr (on_strand) {
            return executor.get_inner_executor();
        } else {
            return executor;
        }
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
        auto on_ready = [self = self()](error_code) {
            self->work_.finished();
            if constexpr (on_strand) {
                // The wait has given its memory back, and the next one begins after this.
                asio::dispatch(self->executor_, platform::KeptHandler(self->wait_memory_, [self] {
                                   self->on_wait_over();
                               }));
            } else {
                self->on_wait_over();
            }
        };
        epoll_.async_wait(
            asio::posix::descriptor_base::wait_read,
            platform::KeptHandler(wait_memory_, std::move(on_ready))
        );
    }

    void cancel_wait() noexcept override {
        error_code ignored;
        epoll_.cancel(ignored);
    }

    void hide_wait() noexcept override { work_.hide(); }
    void reveal_wait() noexcept override { work_.reveal(); }

    void post_catch_up() override {
        asio::post(executor_, platform::KeptHandler(catch_up_memory_, [self = self()] {
                       self->catch_up();
                   }));
    }

    // A failure would leave every connection deaf.
    platform::HandlerMemory wait_memory_;
    platform::HandlerMemory catch_up_memory_;
    Executor executor_;
    asio::posix::basic_stream_descriptor<WaitingPlace> epoll_;
    Work work_;
};

template <class Executor>
std::shared_ptr<SocketWatch> make_if(
    asio::any_io_executor const& executor, platform::OwnedDescriptor& epoll
) {
    auto const* const concrete = executor.target<Executor>();
    if (concrete == nullptr) return nullptr;
    return std::make_shared<BoundSocketWatch<Executor>>(*concrete, epoll);
}

}  // namespace

Result<std::shared_ptr<SocketWatch>> SocketWatch::make(asio::any_io_executor const& executor) {
    platform::OwnedDescriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll.is_open()) {
        return Error(
            ErrorCategory::connect_failed,
            "making an epoll instance for the connections failed: " +
                platform::explain(error_code(errno, boost::system::system_category()))
        );
    }
    if (auto watch = make_if<ContextExecutor>(executor, epoll)) return watch;
    if (auto watch = make_if<ContextStrand>(executor, epoll)) return watch;
    if (auto watch = make_if<PoolStrand>(executor, epoll)) return watch;
    std::shared_ptr<SocketWatch> watch =
        std::make_shared<BoundSocketWatch<asio::any_io_executor>>(executor, epoll);
    return watch;
}

}  // namespace otp::http
