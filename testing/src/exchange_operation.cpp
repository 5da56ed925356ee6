#include "exchange_operation.hpp"

#include <otp/error.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <algorithm>
#include <utility>

namespace otp::testing {

namespace asio = boost::asio;

ExchangeOperation::ExchangeOperation(
    asio::any_io_executor executor, Transport::ExchangeHandler handler
)
    : executor_(asio::prefer(executor, asio::execution::outstanding_work.tracked)),
      handler_(std::in_place, std::move(handler)) {}

void ExchangeOperation::listen() {
    auto slot = asio::get_associated_cancellation_slot(*handler_);
    if (!slot.is_connected()) return;
    slot.assign([self = weak_from_this()](asio::cancellation_type type) {
        if (type == asio::cancellation_type::none) return;
        if (auto const operation = self.lock()) operation->cancel();
    });
}

void ExchangeOperation::complete(HttpExchange exchange) {
    if (std::exchange(decided_, true)) return;
    if (exchange.outcome.has_error()) {
        Error error = exchange.outcome.error();
        error.phase = exchange.phase;
        exchange.outcome = std::move(error);
    }
    asio::post(executor_, [self = shared_from_this(), exchange = std::move(exchange)]() mutable {
        self->deliver(std::move(exchange));
    });
}

void ExchangeOperation::cancel() {
    HttpExchange exchange(Error(
        ErrorCategory::cancelled,
        "the exchange was cancelled",
        bytes_taken == 0 ? Delivery::not_sent : Delivery::unknown
    ));
    exchange.bytes_taken = bytes_taken;
    exchange.phase = phase;
    complete(std::move(exchange));
}

void ExchangeOperation::deliver(HttpExchange exchange) {
    timer.reset();
    // Not earlier: `cancel` runs inside the slot's own handler, which clearing destroys.
    asio::get_associated_cancellation_slot(*handler_).clear();
    auto handler = std::move(*handler_);
    handler_.reset();
    auto const executor = asio::get_associated_executor(handler, executor_);
    asio::dispatch(
        executor,
        [handler = std::move(handler), exchange = std::move(exchange)]() mutable {
            std::move(handler)(std::move(exchange));
        }
    );
}

std::shared_ptr<ExchangeOperation> ExchangeOperations::start(
    asio::any_io_executor const& executor, Transport::ExchangeHandler handler
) {
    auto operation = std::make_shared<ExchangeOperation>(executor, std::move(handler));
    operation->listen();
    std::erase_if(operations_, [](auto const& known) { return known.expired(); });
    operations_.push_back(operation);
    if (closed_) operation->cancel();
    return operation;
}

void ExchangeOperations::close() {
    closed_ = true;
    for (auto const& known : operations_) {
        if (auto const operation = known.lock()) operation->cancel();
    }
    operations_.clear();
}

std::uint64_t wire_size(HttpRequest const& request) noexcept {
    std::uint64_t size = 16 + request.target().size() + request.body.size();
    for (auto const& header : request.headers) size += header.name.size() + header.value.size() + 4;
    return size;
}

}  // namespace otp::testing
