#pragma once

#include "client/cancel_request.hpp"
#include "client/client_state.hpp"
#include "delivery/operation.hpp"
#include "platform/dispatch_surely.hpp"
#include "platform/post_or_run.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_executor.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace otp {

/// Completes a caller's handler with `result`, on its executor or else the client's: posted, since
/// the caller may still be inside its initiating call.
template <class Value>
void post_completion(
    ClientState const& state,
    boost::asio::any_completion_handler<void(Result<Value>)> handler,
    Result<Value> result
) {
    namespace asio = boost::asio;
    auto target = asio::get_associated_executor(handler, state.user_completion_executor());
    auto call = [handler = std::move(handler), result = std::move(result)]() mutable {
        CancelRequest::disconnect(handler);
        std::move(handler)(std::move(result));
    };
    // any_completion_executor of Boost 1.81 cannot be posted to; ours can.
    platform::post_or_run(
        state.work_executor(),
        [target = std::move(target), call = std::move(call)]() mutable {
            platform::dispatch_surely(target, std::move(call));
        }
    );
}

/// What a caller started: holds the handler, can be cancelled, completes once.
template <class Value>
class ClientOperation : public delivery::Operation {
public:
    using ValueType = Value;
    using Handler = boost::asio::any_completion_handler<void(Result<Value>)>;

    /// Runs the operation, and completes `handler`. Called on the client's work executor. `cancel`
    /// may be null.
    void run(Handler&& handler, CancelRequest* cancel) {
        handler_.emplace(std::move(handler));
        if (cancel != nullptr) cancel->attach(this->weak_from_this());
        start();
        initiating_ = false;
    }

protected:
    ClientOperation(
        std::shared_ptr<ClientState> state,
        std::span<delivery::Instance* const> candidates,
        std::optional<std::chrono::milliseconds> deadline
    )
        : Operation(state->environment(), candidates, state->patience(deadline)),
          state_(std::move(state)),
          in_flight_(state_) {}

    /// Keeps what `decode` makes of an answer, if it is a success; else gives its error.
    template <class Decode>
    std::optional<Error> keep(Decode decode) {
        result_.emplace(MadeInPlace<Decode>{decode});
        if (result_->has_value()) return {};
        std::optional<Error> error(std::move(*result_).error());
        result_.reset();
        return error;
    }
    [[nodiscard]] Value& value() { return **result_; }

private:
    /// Becomes the result of a call where it is to stay: every request passes here, and a receipt
    /// is large.
    template <class Decode>
    struct MadeInPlace {
        Decode& decode;
        operator Result<Value>() const { return decode(); }
    };

    void succeed(std::vector<Attempt> attempts) override {
        value().attempts = std::move(attempts);
        complete(std::move(*result_));
    }

    void fail(Error error) override { complete(std::move(error)); }

    void complete(Result<Value>&& result) {
        if (!handler_) return;
        Handler handler(std::move(*handler_));
        handler_.reset();
        in_flight_.reset();
        if (initiating_) return post_completion(*state_, std::move(handler), std::move(result));
        auto const target =
            boost::asio::get_associated_executor(handler, state_->user_completion_executor());
        // On the one thread of the client's own executor a dispatch would only call the handler.
        if (state_->threading() == Threading::single &&
            target == state_->user_completion_executor()) {
            CancelRequest::disconnect(handler);
            return std::move(handler)(std::move(result));
        }
        platform::dispatch_surely(
            target,
            [handler = std::move(handler), result = std::move(result)]() mutable {
                CancelRequest::disconnect(handler);
                std::move(handler)(std::move(result));
            }
        );
    }

    std::shared_ptr<ClientState> state_;
    std::optional<ClientState::InFlight> in_flight_;
    std::optional<Handler> handler_;
    std::optional<Result<Value>> result_;
    /// Whether the caller may still be inside its initiating call.
    bool initiating_{true};
};

}  // namespace otp
