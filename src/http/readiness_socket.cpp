#include "http/readiness_socket.hpp"

#include "platform/background_work.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <type_traits>
#include <utility>

namespace otp::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

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

/// A socket that calls its handlers on `Executor`. That of a strand waits in the context behind it,
/// as `BackgroundWork` demands, and goes to the strand from there.
template <class Executor>
class BoundSocket final : public ReadinessSocket {
public:
    explicit BoundSocket(Executor const& executor)
        : executor_(executor), socket_(waiting_place(executor)), work_(socket_.get_executor()) {}

    void async_connect(tcp::endpoint const& peer, Handler handler) override {
        error_code ignored;
        socket_.open(peer.protocol(), ignored);
        // A request is one write, and nothing is gained by holding it back (RFC 896).
        socket_.set_option(tcp::no_delay(true), ignored);
        socket_.async_connect(
            peer, here([this, handler = std::move(handler)](error_code error) mutable {
                if (!error) socket_.native_non_blocking(true, error);
                std::move(handler)(error);
            })
        );
    }

    void async_wait_readable(Handler handler) override {
        socket_.async_wait(tcp::socket::wait_read, here(std::move(handler)));
    }

    void async_wait_writable(Handler handler) override {
        socket_.async_wait(tcp::socket::wait_write, here(std::move(handler)));
    }

    void notify_readable(std::shared_ptr<ReadinessListener> listener) override {
        work_.begin();
        socket_.async_wait(
            tcp::socket::wait_read,
            [this, listener = std::move(listener)](error_code error) mutable {
                // The listener owns this socket, and the handler the listener.
                work_.finished();
                if constexpr (on_strand) {
                    // A copy: the listener may end there, and this socket with it.
                    auto const strand = executor_;
                    asio::dispatch(strand, [listener = std::move(listener), error] {
                        if (!error) listener->on_readable();
                    });
                } else if (!error) {
                    listener->on_readable();
                }
            }
        );
    }

    void notify_writable(std::shared_ptr<ReadinessListener> listener) override {
        socket_.async_wait(
            tcp::socket::wait_write, here([listener = std::move(listener)](error_code error) {
                if (!error) listener->on_writable();
            })
        );
    }

    void run_in_background() override { work_.hide(); }
    void count_as_work() override { work_.reveal(); }

    int native_handle() override { return socket_.native_handle(); }

    void close() noexcept override {
        count_as_work();
        error_code ignored;
        socket_.close(ignored);
    }

private:
    static constexpr bool on_strand = std::is_same_v<Executor, ContextStrand>;

    static auto waiting_place(Executor const& executor) {
        if constexpr (on_strand)
            return executor.get_inner_executor();
        else
            return executor;
    }

    /// `handler` bound to the strand, if there is one.
    template <class Wrapped>
    auto here(Wrapped handler) {
        if constexpr (on_strand)
            return asio::bind_executor(executor_, std::move(handler));
        else
            return handler;
    }

    using WaitingPlace = decltype(waiting_place(std::declval<Executor const&>()));
    using Work = std::conditional_t<
        std::is_same_v<WaitingPlace, ContextExecutor>,
        platform::BackgroundWork,
        NoBackgroundWork>;

    Executor executor_;
    asio::basic_stream_socket<tcp, WaitingPlace> socket_;
    Work work_;
};

template <class Executor>
class BoundSocketFactory final : public SocketFactory {
public:
    explicit BoundSocketFactory(Executor executor) : executor_(std::move(executor)) {}

    [[nodiscard]] std::unique_ptr<ReadinessSocket> make() const override {
        return std::make_unique<BoundSocket<Executor>>(executor_);
    }

private:
    Executor executor_;
};

template <class Executor>
std::unique_ptr<SocketFactory> factory_if(asio::any_io_executor const& executor) {
    auto const* const concrete = executor.target<Executor>();
    if (concrete == nullptr) return nullptr;
    return std::make_unique<BoundSocketFactory<Executor>>(*concrete);
}

}  // namespace

std::unique_ptr<SocketFactory> make_socket_factory(asio::any_io_executor const& executor) {
    if (auto factory = factory_if<ContextExecutor>(executor)) return factory;
    if (auto factory = factory_if<ContextStrand>(executor)) return factory;
    return std::make_unique<BoundSocketFactory<asio::any_io_executor>>(executor);
}

}  // namespace otp::http
