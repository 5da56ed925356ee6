#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace otp::platform {

/// Told what becomes of an execution context.
class ContextListener {
public:
    /// Called inside `notify_fork(fork_child)`, when Asio's own part has been done. Runs no user's
    /// code.
    virtual void on_forked_child() noexcept = 0;
    /// Called while the context is being destroyed, before Asio's own part of it. What waits for
    /// its turn there will never have it: destroys handlers without calling them, as Asio does.
    virtual void on_context_end() noexcept = 0;

protected:
    ~ContextListener() = default;
};

/// Tells listeners of the end of an execution context, and of the forks that it is told of.
class ContextNotices final : public boost::asio::execution_context::service {
public:
    static boost::asio::execution_context::id id;

    /// Those of the context behind `executor`. Throws `std::bad_alloc`.
    [[nodiscard]] static ContextNotices& of(boost::asio::any_io_executor const& executor);

    explicit ContextNotices(boost::asio::execution_context& context) : service(context) {}

    /// Thread-safe. Throws `std::bad_alloc`.
    void add(std::weak_ptr<ContextListener> listener);

private:
    void shutdown() noexcept override;
    void notify_fork(boost::asio::execution_context::fork_event event) override;

    std::mutex mutex_;
    std::vector<std::weak_ptr<ContextListener>> listeners_;
};

}  // namespace otp::platform
