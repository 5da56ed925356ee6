#include "http/readiness_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <utility>

namespace otp::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

template <class Executor>
class BoundSocket final : public ReadinessSocket {
public:
    explicit BoundSocket(Executor const& executor) : socket_(executor) {}

    void async_connect(tcp::endpoint const& peer, Handler handler) override {
        error_code ignored;
        socket_.open(peer.protocol(), ignored);
        // A request is one write, and nothing is gained by holding it back (RFC 896).
        socket_.set_option(tcp::no_delay(true), ignored);
        socket_.async_connect(peer, [this, handler = std::move(handler)](error_code error) mutable {
            if (!error) socket_.native_non_blocking(true, error);
            std::move(handler)(error);
        });
    }

    void async_wait_readable(Handler handler) override {
        socket_.async_wait(tcp::socket::wait_read, std::move(handler));
    }

    void async_wait_writable(Handler handler) override {
        socket_.async_wait(tcp::socket::wait_write, std::move(handler));
    }

    void notify_readable(std::shared_ptr<ReadinessListener> listener) override {
        socket_.async_wait(
            tcp::socket::wait_read,
            [this, listener = std::move(listener)](error_code error) {
                // The listener owns this socket, and the handler the listener.
                count_as_work();
                listener->on_readable(error);
            }
        );
    }

    void notify_writable(std::shared_ptr<ReadinessListener> listener) override {
        socket_.async_wait(
            tcp::socket::wait_write,
            [listener = std::move(listener)](error_code error) { listener->on_writable(error); }
        );
    }

    // The context counts each pending wait as work. An executor's work functions are meant for
    // executor wrappers; here they take one wait out of the count and put it back before the
    // context subtracts it itself.
    void run_in_background() override {
        if constexpr (requires(Executor const& e) { e.on_work_finished(); }) {
            if (uncounted_) return;
            uncounted_ = true;
            socket_.get_executor().on_work_finished();
        }
    }

    void count_as_work() override {
        if constexpr (requires(Executor const& e) { e.on_work_started(); }) {
            if (!uncounted_) return;
            uncounted_ = false;
            socket_.get_executor().on_work_started();
        }
    }

    int native_handle() override { return socket_.native_handle(); }

    void close() noexcept override {
        count_as_work();
        error_code ignored;
        socket_.close(ignored);
    }

private:
    asio::basic_stream_socket<tcp, Executor> socket_;
    bool uncounted_{false};
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
    using ContextExecutor = asio::io_context::executor_type;
    if (auto factory = factory_if<ContextExecutor>(executor)) return factory;
    if (auto factory = factory_if<asio::strand<ContextExecutor>>(executor)) return factory;
    return std::make_unique<BoundSocketFactory<asio::any_io_executor>>(executor);
}

}  // namespace otp::http
