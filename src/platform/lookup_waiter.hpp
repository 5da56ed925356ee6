#pragma once

#include "platform/machine_names.hpp"

#include <otp/seam/name_resolver.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace otp::platform {

/// One who has asked for the addresses of a name, and waits. The handler is called once, on its
/// executor: with the answer, or with `operation_aborted` when its cancellation slot says so.
///
/// The lookup itself runs on another thread and ends when it likes, also after the one who asked,
/// and after the context (`abandon`). Thread-safe.
class LookupWaiter : public std::enable_shared_from_this<LookupWaiter> {
public:
    using Found = std::shared_ptr<FoundAddresses const>;

    LookupWaiter(
        boost::asio::any_io_executor const& executor,
        std::string host,
        std::uint16_t port,
        NameResolver::Handler handler
    );

    /// Listens to the handler's cancellation slot from now on.
    void heed_cancellation();

    [[nodiscard]] std::string const& host() const noexcept { return host_; }
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    /// Whether there is a handler still to be called.
    [[nodiscard]] bool waits() const;

    /// The handler gets that, with the waiter's own port, unless it has got something already.
    void answer(Found const& found) noexcept;

    /// The context ends: the handler is destroyed and not called.
    void abandon() noexcept;

    /// Until `let_go`, nothing of the context is touched from here.
    void hold() { mutex_.lock(); }
    void let_go() noexcept { mutex_.unlock(); }

private:
    void complete(Found const& found);

    std::string host_;
    std::uint16_t port_;
    mutable std::mutex mutex_;
    /// Keeps the context's `run` from returning; gone when the handler has been called.
    std::optional<boost::asio::any_io_executor> executor_;
    /// Where the handler is called. Made with the waiter: later there may be no memory for it.
    std::optional<boost::asio::any_completion_executor> target_;
    NameResolver::Handler handler_;
};

}  // namespace otp::platform
