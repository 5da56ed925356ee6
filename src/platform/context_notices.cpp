#include "platform/context_notices.hpp"

#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>

#include <utility>

namespace otp::platform {

namespace asio = boost::asio;

asio::execution_context::id ContextNotices::id;

ContextNotices& ContextNotices::of(asio::any_io_executor const& executor) {
    asio::execution_context& context = asio::query(executor, asio::execution::context);
    return asio::use_service<ContextNotices>(context);
}

void ContextNotices::add(std::weak_ptr<ContextListener> listener) {
    std::lock_guard const lock(mutex_);
    std::erase_if(listeners_, [](auto const& known) { return known.expired(); });
    listeners_.push_back(std::move(listener));
}

void ContextNotices::shutdown() noexcept {
    // Users' handlers are destroyed in it, and may do anything.
    for (auto const& known : std::exchange(listeners_, {})) {
        if (auto const listener = known.lock()) listener->on_context_end();
    }
}

void ContextNotices::notify_fork(asio::execution_context::fork_event event) {
    if (event != asio::execution_context::fork_child) return;
    // No other thread is in the context during a fork, as Asio demands.
    for (auto const& known : listeners_) {
        if (auto const listener = known.lock()) listener->on_forked_child();
    }
}

}  // namespace otp::platform
