#include "platform/lookup_waiter.hpp"

#include "platform/dispatch_surely.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>

#include <new>
#include <thread>
#include <utility>

namespace otp::platform {

namespace asio = boost::asio;

// Handlers are swapped here: in Boost 1.81 the assignment of one calls itself without end.
// Executors are moved by an optional, as swapping two of them loses one.

namespace {

NameResolver::Endpoints with_port(NameResolver::Endpoints endpoints, std::uint16_t port) {
    for (auto& endpoint : endpoints) endpoint.port(port);
    return endpoints;
}

}  // namespace

LookupWaiter::LookupWaiter(
    asio::any_io_executor const& executor,
    std::string host,
    std::uint16_t port,
    NameResolver::Handler handler
)
    : host_(std::move(host)),
      port_(port),
      executor_(asio::prefer(executor, asio::execution::outstanding_work.tracked)),
      target_(asio::get_associated_executor(handler, asio::any_completion_executor(executor))),
      handler_(std::move(handler)) {}

void LookupWaiter::heed_cancellation() {
    auto slot = asio::get_associated_cancellation_slot(handler_);
    if (!slot.is_connected()) return;
    // Made now: there may be no memory when the signal comes.
    auto aborted = std::make_shared<FoundAddresses>();
    aborted->error = asio::error::operation_aborted;
    slot.assign([weak = weak_from_this(), aborted](asio::cancellation_type) {
        if (auto const self = weak.lock()) self->answer(aborted);
    });
}

bool LookupWaiter::waits() const {
    std::lock_guard const lock(mutex_);
    return executor_.has_value();
}

void LookupWaiter::abandon() noexcept {
    std::optional<asio::any_io_executor> executor;
    std::optional<asio::any_completion_executor> target;
    NameResolver::Handler handler;
    std::lock_guard const lock(mutex_);
    executor_.swap(executor);
    target_.swap(target);
    handler_.swap(handler);
}

void LookupWaiter::answer(Found const& found) noexcept {
    for (;;) {
        try {
            // As long as the mutex is held the context cannot end.
            std::lock_guard const lock(mutex_);
            if (executor_) {
                asio::post(*executor_, [self = shared_from_this(), found] {
                    self->complete(found);
                });
            }
            return;
        } catch (std::bad_alloc const&) {
            // The handler runs on its executor and nowhere else.
            std::this_thread::yield();
        }
    }
}

void LookupWaiter::complete(Found const& found) {
    std::optional<asio::any_io_executor> executor;
    std::optional<asio::any_completion_executor> target;
    NameResolver::Handler handler;
    {
        std::lock_guard const lock(mutex_);
        // Answered and cancelled at once.
        if (!executor_) return;
        executor_.swap(executor);
        target_.swap(target);
        handler_.swap(handler);
    }
    if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
        slot.clear();
    }
    auto error = found->error;
    NameResolver::Endpoints endpoints;
    try {
        endpoints = with_port(found->endpoints, port_);
    } catch (std::bad_alloc const&) {
        error = asio::error::no_memory;
    }
    dispatch_surely(
        *target,
        [handler = std::move(handler), error, endpoints = std::move(endpoints)]() mutable {
            std::move(handler)(error, std::move(endpoints));
        }
    );
}

}  // namespace otp::platform
