#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/require.hpp>

#include <concepts>
#include <utility>

namespace otp::platform {

/// Runs things on another executor, of which it has all but outstanding work: what merely may
/// happen some time does not keep the `run` of an `io_context` from returning.
class UncountedExecutor {
public:
    // Nothing that merely converts to it: a copy of this class would be tried as well.
    template <std::same_as<boost::asio::any_io_executor> Executor>
    explicit UncountedExecutor(Executor inner) noexcept : inner_(std::move(inner)) {}

    [[nodiscard]] boost::asio::execution_context& query(boost::asio::execution::context_t
    ) const noexcept {
        return boost::asio::query(inner_, boost::asio::execution::context);
    }
    [[nodiscard]] UncountedExecutor require(boost::asio::execution::blocking_t::never_t never
    ) const {
        return UncountedExecutor(boost::asio::require(inner_, never));
    }
    template <class Function>
    void execute(Function&& function) const {
        inner_.execute(std::forward<Function>(function));
    }

    friend bool operator==(UncountedExecutor const& left, UncountedExecutor const& right) noexcept =
        default;

private:
    boost::asio::any_io_executor inner_;
};

}  // namespace otp::platform
