#include "client/client_state.hpp"
#include "client/connection_checks.hpp"
#include "client/send_operation.hpp"
#include "client/verify_operation.hpp"
#include "http/resource_failure.hpp"
#include "platform/block_pool.hpp"
#include "platform/dispatch_surely.hpp"
#include "platform/process_mark.hpp"

#include <otp/client.hpp>
#include <otp/time_after.hpp>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/errc.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace otp {
namespace {

namespace asio = boost::asio;

Error closed_error() {
    return Error(ErrorCategory::cancelled, "the client has been shut down");
}

/// Of an operation that was asked for before the process was forked, and not begun.
Error left_to_parent() {
    Error error(ErrorCategory::cancelled, std::string(platform::left_to_parent));
    error.delivery = Delivery::unknown;
    return error;
}

Error cannot_begin(std::exception_ptr const& thrown) noexcept {
    return http::resource_error("beginning the operation", {}, thrown);
}

/// An operation for whoever can serve it, whom `find` names.
template <class Made, class Find>
Result<std::shared_ptr<Made>> make_operation(
    std::shared_ptr<ClientState> const& state, Find const& find, typename Made::Request&& request
) noexcept {
    try {
        if (state->closing()) return closed_error();
        auto const candidates = find(*state, request);
        if (!candidates) return candidates.error();
        return std::allocate_shared<Made>(
            platform::PoolAllocator<Made>(state->operation_pool()),
            state,
            *candidates,
            std::move(request)
        );
    } catch (std::exception const&) {
        return cannot_begin(std::current_exception());
    }
}

/// Begins an operation. Runs on the work executor.
template <class Made, class Find>
void begin_operation(
    std::shared_ptr<ClientState> const& state,
    Find const& find,
    typename Made::Request&& request,
    typename Made::Handler&& handler,
    CancelRequest* cancel
) {
    auto made = make_operation<Made>(state, find, std::move(request));
    if (made) return (*made)->run(std::move(handler), cancel);
    using Outcome = Result<typename Made::ValueType>;
    post_completion(*state, std::move(handler), Outcome(std::move(made).error()));
}

/// Begins an operation from wherever the caller is.
template <class Made, class Find>
void start_operation(
    std::shared_ptr<ClientState> const& state,
    Find find,
    typename Made::Request&& request,
    typename Made::Handler&& handler
) {
    using Outcome = Result<typename Made::ValueType>;
    std::shared_ptr<CancelRequest> cancel;
    try {
        cancel = CancelRequest::connect(handler, state->work_executor());
    } catch (std::exception const&) {
        return post_completion(
            *state, std::move(handler), Outcome(cannot_begin(std::current_exception()))
        );
    }
    if (state->threading() == Threading::single)
        return begin_operation<Made>(
            state, find, std::move(request), std::move(handler), cancel.get()
        );
    auto begin = [state,
                  find = std::move(find),
                  request = std::move(request),
                  handler = std::move(handler),
                  cancel = std::move(cancel),
                  begun_in = platform::ProcessMark()]() mutable {
        if (!begun_in.is_this())
            return post_completion(*state, std::move(handler), Outcome(left_to_parent()));
        begin_operation<Made>(state, find, std::move(request), std::move(handler), cancel.get());
    };
    platform::dispatch_surely(state->work_executor(), std::move(begin));
}

}  // namespace

// NOLINTNEXTLINE(performance-unnecessary-value-param): options are handed over, as all of it is.
OtpClient::OtpClient(executor_type executor, ClientConfig config, ClientOptions options)
    : state_(std::make_shared<ClientState>(std::move(executor), std::move(config), options)) {}

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
    SendTarget&& target,
    SendOtp&& request,
    SendHandler&& handler
) {
    auto find = [target = std::move(target)](ClientState const& client, SendOtp const&) {
        return client.candidates(target);
    };
    start_operation<SendOperation>(state, std::move(find), std::move(request), std::move(handler));
}

void OtpClient::start_verify(
    std::shared_ptr<ClientState> const& state, VerifyOtp&& request, VerifyHandler&& handler
) {
    auto find = [](ClientState const& client, VerifyOtp const& asked) {
        return client.sender_of(asked.handle);
    };
    start_operation<VerifyOperation>(
        state, std::move(find), std::move(request), std::move(handler)
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
            time_after(state_->environment().clock->now(), patience),
            [self = shared_from_this()](boost::system::error_code cancelled) {
                if (!cancelled)
                    self->finish(boost::system::errc::make_error_code(boost::system::errc::timed_out
                    ));
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

void OtpClient::start_check(std::shared_ptr<ClientState> const& state, CheckHandler handler) {
    using Outcome = ConnectionChecks::Outcome;
    std::shared_ptr<CancelRequest> cancel;
    try {
        cancel = CancelRequest::connect(handler, state->work_executor());
    } catch (std::exception const&) {
        return post_completion(
            *state, std::move(handler), Outcome(cannot_begin(std::current_exception()))
        );
    }
    auto begin = [state, cancel, handler = std::move(handler)]() mutable {
        if (state->closing())
            return post_completion(*state, std::move(handler), Outcome(closed_error()));
        auto const checks = ConnectionChecks::begin(state, std::move(handler));
        if (cancel && checks) cancel->attach(std::weak_ptr<ConnectionChecks>(checks));
    };
    platform::dispatch_surely(state->work_executor(), std::move(begin));
}

void OtpClient::warm_up(std::size_t connections) {
    asio::dispatch(state_->work_executor(), [state = state_, connections] {
        state->warm_up(connections);
    });
}

}  // namespace otp
