#include "exchange_operation.hpp"
#include "message_length.hpp"

#include <otp/error.hpp>
#include <otp/seam/time_after.hpp>
#include <otp/testing/scripted_transport.hpp>

#include <boost/asio/post.hpp>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace otp::testing {
namespace {

/// What becomes of a step for which there was too little time. A response that comes too late had
/// not begun; a failure ends where the script says.
HttpExchange ended_by_limit(HttpExchange const& scripted) {
    auto const reached = scripted.outcome ? ExchangePhase::waiting : scripted.phase;
    auto ended = scripted.bytes_taken == 0 ? ScriptedStep::stall(reached).exchange
                                           : ScriptedStep::silence().exchange;
    ended.bytes_taken = scripted.bytes_taken;
    ended.phase = reached;
    return ended;
}

}  // namespace

ScriptedStep::ScriptedStep(HttpResponse response) : exchange(with_length(std::move(response))) {
    exchange.bytes_taken = 1;  // raised to the request's size when it is made
    exchange.phase = ExchangePhase::done;
}

ScriptedStep::ScriptedStep(HttpExchange scripted_exchange)
    : exchange(std::move(scripted_exchange)) {
    if (exchange.phase == ExchangePhase::queued) {
        if (exchange.outcome) {
            exchange.phase = ExchangePhase::done;
        } else if (exchange.bytes_taken != 0) {
            exchange.phase = ExchangePhase::waiting;
        }
    }
}

ScriptedStep ScriptedStep::silence() {
    HttpExchange exchange(
        Error(ErrorCategory::timeout, "no response before the deadline", Delivery::unknown)
    );
    exchange.bytes_taken = 1;
    exchange.phase = ExchangePhase::waiting;
    ScriptedStep step(std::move(exchange));
    step.answers = false;
    return step;
}

ScriptedStep ScriptedStep::stall(ExchangePhase phase) {
    HttpExchange exchange(
        Error(ErrorCategory::timeout, "no byte of the request had left", Delivery::not_sent)
    );
    exchange.phase = phase;
    ScriptedStep step(std::move(exchange));
    step.answers = false;
    return step;
}

ScriptedStep ScriptedStep::in(ExchangePhase phase) && {
    exchange.phase = phase;
    return std::move(*this);
}

ScriptedStep ScriptedStep::after(std::chrono::steady_clock::duration delay) && {
    latency = delay;
    return std::move(*this);
}

void Script::add(ScriptedStep step) {
    std::lock_guard const lock(mutex_);
    steps_.push_back(std::move(step));
}

ScriptedStep Script::next(std::string base_url, HttpRequest request) {
    std::lock_guard const lock(mutex_);
    requests_.emplace_back(std::move(base_url), std::move(request));
    if (steps_.empty()) {
        return ScriptedStep(
            HttpExchange(Error(ErrorCategory::internal, "the script has no step for this request"))
        );
    }
    auto step = std::move(steps_.front());
    steps_.pop_front();
    return step;
}

std::vector<Script::Seen> Script::requests() const {
    std::lock_guard const lock(mutex_);
    return requests_;
}

std::size_t Script::remaining() const {
    std::lock_guard const lock(mutex_);
    return steps_.size();
}

ScriptedTransport::ScriptedTransport(
    boost::asio::any_io_executor executor,
    std::string base_url,
    std::shared_ptr<Clock> clock,
    std::shared_ptr<Script> script
)
    : executor_(std::move(executor)),
      base_url_(std::move(base_url)),
      clock_(std::move(clock)),
      script_(std::move(script)),
      operations_(std::make_unique<ExchangeOperations>()) {}

ScriptedTransport::~ScriptedTransport() {
    close();
}

void ScriptedTransport::async_exchange(
    HttpRequest request, Clock::TimePoint deadline, ExchangeHandler handler
) {
    auto const operation = operations_->start(executor_, std::move(handler));
    if (operation->decided()) return;
    auto const now = clock_->now();
    if (now >= deadline) {
        operation->complete(HttpExchange(
            Error(ErrorCategory::timeout, "the deadline had passed before the request was written")
        ));
        return;
    }

    auto const size = wire_size(request);
    auto const commit_deadline = request.commit_deadline.value_or(deadline);
    auto step = script_->next(base_url_, std::move(request));
    if (step.exchange.bytes_taken != 0) {
        step.exchange.bytes_taken = std::max(step.exchange.bytes_taken, size);
    }
    auto const limit =
        step.exchange.bytes_taken == 0 ? std::min(deadline, commit_deadline) : deadline;
    operation->bytes_taken = step.exchange.bytes_taken;
    if (operation->bytes_taken != 0) operation->phase = ExchangePhase::waiting;
    if (step.answers && step.latency == step.latency.zero()) {
        boost::asio::post(executor_, [operation, exchange = std::move(step.exchange)]() mutable {
            operation->complete(std::move(exchange));
        });
        return;
    }

    auto when = limit;
    if (step.answers && step.latency < limit - now) {
        when = time_after(now, step.latency);
    } else {
        step.exchange = ended_by_limit(step.exchange);
    }
    operation->timer = clock_->make_timer(executor_);
    operation->timer->async_wait_until(
        when,
        [operation,
         exchange = std::move(step.exchange)](boost::system::error_code failure) mutable {
            if (!failure) operation->complete(std::move(exchange));
        }
    );
}

void ScriptedTransport::close() noexcept {
    operations_->close();
}

TransportFactory scripted_transport_factory(std::shared_ptr<Script> script) {
    return [script = std::move(script)](TransportSettings const& settings) {
        return Result<std::shared_ptr<Transport>>(std::make_shared<ScriptedTransport>(
            settings.executor, settings.base_url, settings.clock, script
        ));
    };
}

}  // namespace otp::testing
