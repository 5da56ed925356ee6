#pragma once

#include <otp/name_resolver.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace otp::platform {

/// One call of `getaddrinfo`, which blocks and which nothing can interrupt, on a thread of its own:
/// a name whose server is dead keeps no other name waiting. The handler is called once, on its
/// executor: with the answer, or with `operation_aborted` when its cancellation slot says so.
///
/// Thread-safe. The thread may outlive everybody's interest, and the context (`abandon`).
class BlockingLookup : public std::enable_shared_from_this<BlockingLookup> {
public:
    using Endpoints = NameResolver::Endpoints;

    BlockingLookup(boost::asio::any_io_executor const& executor, NameResolver::Handler handler);

    /// Without a thread for it the handler gets the reason.
    static void start(
        std::shared_ptr<BlockingLookup> const& lookup, std::string host, std::uint16_t port
    );

    /// The context ends: the handler is destroyed and not called.
    void abandon() noexcept;

private:
    void cancel_with(boost::asio::cancellation_slot slot);
    void answer(boost::system::error_code error, Endpoints endpoints);
    void complete(boost::system::error_code error, Endpoints endpoints);

    std::mutex mutex_;
    /// Keeps the context's `run` from returning; gone when the handler has been called.
    std::optional<boost::asio::any_io_executor> executor_;
    NameResolver::Handler handler_;
};

}  // namespace otp::platform
