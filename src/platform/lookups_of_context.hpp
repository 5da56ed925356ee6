#pragma once

#include "platform/lookup_waiter.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace otp::platform {

/// Those of an execution context who wait for an answer. When the context ends their handlers are
/// destroyed, as Asio does with all that is pending: the lookups go on, as nothing can interrupt
/// them, but find nobody to answer. In the child of a `fork` that the context is told of, they ask
/// again, as the threads of their lookups stay with the parent.
///
/// Thread-safe.
class LookupsOfContext final : public boost::asio::execution_context::service {
public:
    using key_type = LookupsOfContext;
    static boost::asio::execution_context::id id;

    explicit LookupsOfContext(boost::asio::execution_context& context);

    [[nodiscard]] static LookupsOfContext& of(boost::asio::any_io_executor const& executor);

    /// Where the context is ending, the waiter is abandoned at once.
    void add(std::shared_ptr<LookupWaiter> const& waiter);

private:
    using Waiters = std::vector<std::shared_ptr<LookupWaiter>>;

    void shutdown() override;
    void notify_fork(boost::asio::execution_context::fork_event event) override;
    [[nodiscard]] Waiters waiting() const;
    void ask_again(std::shared_ptr<LookupWaiter> const& waiter) const noexcept;

    std::mutex mutex_;
    std::vector<std::weak_ptr<LookupWaiter>> waiters_;
    bool ended_{false};
    /// While the process forks.
    Waiters held_;
    /// Made while there is memory.
    LookupWaiter::Found out_of_memory_;
};

}  // namespace otp::platform
