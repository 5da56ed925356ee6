#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace otp::http {

/// Told that its process is a child.
class ForkListener {
public:
    /// Called inside `notify_fork(fork_child)`, when Asio's own part has been done. Runs no user's
    /// code.
    virtual void on_forked_child() noexcept = 0;

protected:
    ~ForkListener() = default;
};

/// Tells listeners of the forks that an execution context is told of.
class ForkNotices final : public boost::asio::execution_context::service {
public:
    static boost::asio::execution_context::id id;

    /// Those of the context behind `executor`. Throws `std::bad_alloc`.
    [[nodiscard]] static ForkNotices& of(boost::asio::any_io_executor const& executor);

    explicit ForkNotices(boost::asio::execution_context& context) : service(context) {}

    /// Thread-safe. Throws `std::bad_alloc`.
    void add(std::weak_ptr<ForkListener> listener);

private:
    void shutdown() noexcept override {}
    void notify_fork(boost::asio::execution_context::fork_event event) override;

    std::mutex mutex_;
    std::vector<std::weak_ptr<ForkListener>> listeners_;
};

}  // namespace otp::http
