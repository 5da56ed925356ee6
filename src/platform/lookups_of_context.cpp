#include "platform/lookups_of_context.hpp"

#include "platform/shared_lookups.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>

#include <new>
#include <utility>

namespace otp::platform {

namespace asio = boost::asio;

asio::execution_context::id LookupsOfContext::id;

LookupsOfContext::LookupsOfContext(asio::execution_context& context)
    : service(context),
      out_of_memory_(std::make_shared<FoundAddresses>(FoundAddresses{asio::error::no_memory, {}})) {
}

LookupsOfContext& LookupsOfContext::of(asio::any_io_executor const& executor) {
    return asio::use_service<LookupsOfContext>(asio::query(executor, asio::execution::context));
}

void LookupsOfContext::add(std::shared_ptr<LookupWaiter> const& waiter) {
    std::unique_lock lock(mutex_);
    if (ended_) {
        lock.unlock();
        return waiter->abandon();
    }
    std::erase_if(waiters_, [](auto const& earlier) { return earlier.expired(); });
    waiters_.push_back(waiter);
}

LookupsOfContext::Waiters LookupsOfContext::waiting() const {
    Waiters waiting;
    for (auto const& weak : waiters_) {
        if (auto waiter = weak.lock()) waiting.push_back(std::move(waiter));
    }
    return waiting;
}

void LookupsOfContext::shutdown() {
    std::vector<std::weak_ptr<LookupWaiter>> waiters;
    {
        std::lock_guard const lock(mutex_);
        ended_ = true;
        waiters.swap(waiters_);
    }
    for (auto const& weak : waiters) {
        if (auto const waiter = weak.lock()) waiter->abandon();
    }
}

// A thread that is about to answer would leave the context's own mutex locked in the child.
void LookupsOfContext::notify_fork(asio::execution_context::fork_event event) {
    if (event == asio::execution_context::fork_prepare) {
        std::unique_lock lock(mutex_);
        held_ = waiting();
        for (auto const& waiter : held_) waiter->hold();
        lock.release();
        return;
    }
    auto const held = std::exchange(held_, {});
    for (auto const& waiter : held) waiter->let_go();
    mutex_.unlock();
    if (event != asio::execution_context::fork_child) return;
    for (auto const& waiter : held) ask_again(waiter);
}

void LookupsOfContext::ask_again(std::shared_ptr<LookupWaiter> const& waiter) const noexcept {
    try {
        if (waiter->waits()) SharedLookups::of_process().ask(waiter);
    } catch (std::bad_alloc const&) {
        // Nobody else would ever answer it.
        waiter->answer(out_of_memory_);
    }
}

}  // namespace otp::platform
