#pragma once

#include <boost/asio/dispatch.hpp>
#include <boost/asio/recycling_allocator.hpp>

#include <memory>
#include <new>
#include <thread>
#include <utility>

namespace otp::platform {

/// Dispatches `call` to an executor that may be a stranger's, where nothing may run that was not
/// dispatched to it: without memory for that it is tried until there is some.
template <class Executor, class Call>
void dispatch_surely(Executor const& executor, Call call) {
    struct Shared {
        explicit Shared(Call&& its_call) : call(std::move(its_call)) {}
        Call call;
        bool begun{false};
    };
    std::shared_ptr<Shared> shared;
    for (;;) {
        try {
            // Dispatched as it is, it would be lost with the attempt.
            if (!shared) {
                shared = std::allocate_shared<Shared>(
                    boost::asio::recycling_allocator<Shared>(), std::move(call)
                );
            }
            return boost::asio::dispatch(executor, [shared] {
                shared->begun = true;
                shared->call();
            });
        } catch (std::bad_alloc const&) {
            // The call itself may have thrown.
            if (shared && shared->begun) throw;
            std::this_thread::yield();
        }
    }
}

}  // namespace otp::platform
