#pragma once

#include "platform/blocking_lookup.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution_context.hpp>

#include <memory>
#include <mutex>
#include <vector>

namespace otp::platform {

/// The lookups whose answers an execution context waits for. A context that ends lets go of them:
/// their threads go on, as nothing can interrupt them, but find nobody to answer. Thread-safe.
class LookupsOfContext final : public boost::asio::execution_context::service {
public:
    using key_type = LookupsOfContext;
    static boost::asio::execution_context::id id;

    explicit LookupsOfContext(boost::asio::execution_context& context) : service(context) {}

    static LookupsOfContext& of(boost::asio::any_io_executor const& executor);

    void add(std::shared_ptr<BlockingLookup> const& lookup);

private:
    void shutdown() override;

    std::mutex mutex_;
    std::vector<std::weak_ptr<BlockingLookup>> lookups_;
};

}  // namespace otp::platform
