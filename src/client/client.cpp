#include "client/client_state.hpp"

#include <otp/client.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/errc.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace otp {
namespace {

namespace asio = boost::asio;

// Transports obey any kind of cancellation, but a coroutine hears only of those it asks for.
struct AnyAsTerminal {
    asio::cancellation_type_t operator()(asio::cancellation_type_t type) const noexcept {
        return type == asio::cancellation_type::none ? type : asio::cancellation_type::terminal;
    }
};

/// The caller's handler as co_spawn wants it. Optional, because co_spawn makes an empty result when
/// the coroutine throws.
template <class Value, class Handler>
struct Completion {
    Handler handler;
    asio::any_io_executor fallback;

    using executor_type = asio::any_completion_executor;
    [[nodiscard]] executor_type get_executor() const noexcept {
        return asio::get_associated_executor(handler, asio::any_completion_executor(fallback));
    }
    using cancellation_slot_type = asio::cancellation_slot;
    [[nodiscard]] cancellation_slot_type get_cancellation_slot() const noexcept {
        return asio::get_associated_cancellation_slot(handler);
    }
    using allocator_type = typename Handler::allocator_type;
    [[nodiscard]] allocator_type get_allocator() const noexcept { return handler.get_allocator(); }

    void operator()(std::exception_ptr thrown, std::optional<Result<Value>> result) {
        if (thrown || !result)
            std::move(handler)(
                Error(ErrorCategory::internal, "the operation ran out of memory", Delivery::unknown)
            );
        else
            std::move(handler)(std::move(*result));
    }
};

Error closed_error() {
    return Error(ErrorCategory::cancelled, "the client has been shut down");
}

asio::awaitable<std::optional<Result<SendReceipt>>> run_send(
    std::shared_ptr<ClientState> state, SendTarget target, SendOtp request
) {
    co_await asio::this_coro::reset_cancellation_state(AnyAsTerminal{}, AnyAsTerminal{});
    co_await asio::this_coro::throw_if_cancelled(false);
    if (state->closing()) co_return closed_error();
    ClientState::InFlight const in_flight(state);
    auto const candidates = state->candidates(target);
    if (!candidates) co_return candidates.error();
    auto const deadline = state->deadline_of(request.deadline);
    auto sent =
        co_await delivery::send(state->environment(), *candidates, request, deadline);
    co_return std::move(sent);
}

asio::awaitable<std::optional<Result<Verification>>> run_verify(
    std::shared_ptr<ClientState> state, VerifyOtp request
) {
    co_await asio::this_coro::reset_cancellation_state(AnyAsTerminal{}, AnyAsTerminal{});
    co_await asio::this_coro::throw_if_cancelled(false);
    if (state->closing()) co_return closed_error();
    ClientState::InFlight const in_flight(state);
    auto const instance = state->owner_of(request.handle);
    if (!instance) co_return instance.error();
    auto const deadline = state->deadline_of(request.deadline);
    auto checked =
        co_await delivery::verify(state->environment(), **instance, request, deadline);
    co_return std::move(checked);
}

}  // namespace

OtpClient::OtpClient(executor_type executor, ClientConfig config, ClientOptions options)
    : state_(std::make_shared<ClientState>(
          std::move(executor), std::move(config), std::move(options)
      )) {}

OtpClient::OtpClient(OtpClient&&) noexcept = default;

OtpClient& OtpClient::operator=(OtpClient&& other) noexcept {
    OtpClient closed(std::move(*this));
    state_ = std::move(other.state_);
    return *this;
}

OtpClient::~OtpClient() {
    if (!state_) return;
    auto const& executor = state_->work_executor();
    asio::dispatch(executor, [state = std::move(state_)] { state->close(); });
}

OtpClient::executor_type OtpClient::get_executor() const noexcept {
    return state_->user_executor();
}

OtpClient::executor_type OtpClient::executor_of(ClientState const& state) noexcept {
    return state.user_executor();
}

void OtpClient::start_send(
    std::shared_ptr<ClientState> const& state,
    SendTarget target,
    SendOtp request,
    SendHandler handler
) {
    asio::co_spawn(
        state->work_executor(),
        run_send(state, std::move(target), std::move(request)),
        Completion<SendReceipt, SendHandler>{std::move(handler), state->user_executor()}
    );
}

void OtpClient::start_verify(
    std::shared_ptr<ClientState> const& state, VerifyOtp request, VerifyHandler handler
) {
    asio::co_spawn(
        state->work_executor(),
        run_verify(state, std::move(request)),
        Completion<Verification, VerifyHandler>{std::move(handler), state->user_executor()}
    );
}

namespace {

/// Waits for the operations in flight, or for the end of the patience.
class Shutdown : public std::enable_shared_from_this<Shutdown> {
public:
    using Handler = asio::any_completion_handler<OtpClient::ShutdownSignature>;

    Shutdown(std::shared_ptr<ClientState> state, Handler handler)
        : state_(std::move(state)),
          timer_(state_->environment().clock->make_timer(state_->work_executor())),
          handler_(std::move(handler)) {}

    void run(std::chrono::milliseconds patience) {
        state_->begin_closing();
        if (state_->in_flight() == 0) return finish({});
        state_->when_idle([self = shared_from_this()] { self->finish({}); });
        timer_->async_wait_until(
            state_->environment().clock->now() + patience,
            [self = shared_from_this()](boost::system::error_code cancelled) {
                if (!cancelled)
                    self->finish(
                        boost::system::errc::make_error_code(boost::system::errc::timed_out)
                    );
            }
        );
    }

private:
    void finish(boost::system::error_code outcome) {
        if (!handler_) return;
        Handler handler(std::move(*handler_));
        handler_.reset();
        timer_->cancel();
        state_->close();
        auto const target = asio::get_associated_executor(
            handler, asio::any_completion_executor(state_->user_executor())
        );
        auto call = [handler = std::move(handler), outcome]() mutable {
            std::move(handler)(outcome);
        };
        asio::post(state_->work_executor(), [target, call = std::move(call)]() mutable {
            asio::dispatch(target, std::move(call));
        });
    }

    std::shared_ptr<ClientState> state_;
    std::unique_ptr<ClockTimer> timer_;
    std::optional<Handler> handler_;
};

}  // namespace

void OtpClient::start_shutdown(
    std::shared_ptr<ClientState> const& state,
    std::chrono::milliseconds patience,
    ShutdownHandler handler
) {
    auto shutdown = std::make_shared<Shutdown>(state, std::move(handler));
    asio::dispatch(state->work_executor(), [shutdown = std::move(shutdown), patience] {
        shutdown->run(patience);
    });
}

void OtpClient::warm_up(std::size_t connections) {
    asio::dispatch(state_->work_executor(), [state = state_, connections] {
        state->warm_up(connections);
    });
}

}  // namespace otp
