#include "platform/lookups_of_context.hpp"

#include <boost/asio/execution/context.hpp>
#include <boost/asio/query.hpp>

namespace otp::platform {

namespace asio = boost::asio;

asio::execution_context::id LookupsOfContext::id;

LookupsOfContext& LookupsOfContext::of(asio::any_io_executor const& executor) {
    return asio::use_service<LookupsOfContext>(asio::query(executor, asio::execution::context));
}

void LookupsOfContext::add(std::shared_ptr<BlockingLookup> const& lookup) {
    std::lock_guard const lock(mutex_);
    std::erase_if(lookups_, [](auto const& earlier) { return earlier.expired(); });
    lookups_.push_back(lookup);
}

void LookupsOfContext::shutdown() {
    std::lock_guard const lock(mutex_);
    for (auto const& weak : lookups_)
        if (auto const lookup = weak.lock()) lookup->abandon();
    lookups_.clear();
}

}  // namespace otp::platform
