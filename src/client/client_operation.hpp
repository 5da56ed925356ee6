#pragma once

#include "client/cancel_request.hpp"
#include "client/client_state.hpp"
#include "delivery/run/loop.hpp"

#include <otp/result.hpp>

#include <boost/asio/any_completion_handler.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace otp {

/// What a caller started: a call, the loop that carries it out, and the handler that it completes.
template <class Call>
class ClientOperation final : private delivery::Completion {
public:
    using Request = typename Call::Request;
    using Outcome = Result<typename Call::Outcome>;
    using Handler = boost::asio::any_completion_handler<void(Outcome)>;

    /// Begins an operation for whoever can serve it, whom `find` names, and completes `handler`. On
    /// the work executor, inside of an initiating call. `cancel` may be null. Whatever is thrown
    /// before the operation has begun leaves `handler` as it was.
    template <class Find>
    static void begin(
        std::shared_ptr<ClientState> const& state,
        Find const& find,
        Request& request,
        Handler& handler,
        CancelRequest* cancel
    ) {
        auto plan = find(*state->roster(), request);
        if (!plan) return state->executor().complete(std::move(handler), Outcome(plan.error()));
        auto const operation = std::allocate_shared<ClientOperation>(
            platform::PoolAllocator<ClientOperation>(state->executor().operation_pool()),
            state,
            std::move(*plan),
            std::move(request)
        );
        operation->handler_.emplace(std::move(handler));
        if (cancel != nullptr) cancel->attach(std::weak_ptr<ClientOperation>(operation));
        operation->loop_.start(operation);
    }

    ClientOperation(std::shared_ptr<ClientState> state, delivery::Plan plan, Request&& request)
        : state_(std::move(state)),
          in_flight_(std::in_place, state_->in_flight()),
          call_(std::move(request)),
          loop_(
              state_->environment(),
              state_->roster(),
              std::move(plan),
              state_->time_limit(call_.deadline()),
              call_,
              static_cast<delivery::Completion&>(*this)
          ) {}

    void cancel() { loop_.cancel(); }

private:
    void succeed(std::vector<Attempt> attempts) override {
        call_.outcome().value().attempts = std::move(attempts);
        complete(call_.outcome().take());
    }

    void fail(Error error) override { complete(std::move(error)); }

    void complete(Outcome&& outcome) {
        if (!handler_) return;
        Handler handler(std::move(*handler_));
        handler_.reset();
        in_flight_.reset();
        state_->executor().complete(std::move(handler), std::move(outcome));
    }

    std::shared_ptr<ClientState> state_;
    std::optional<OperationsInFlight::Entry> in_flight_;
    Call call_;
    std::optional<Handler> handler_;
    delivery::Loop loop_;
};

}  // namespace otp
