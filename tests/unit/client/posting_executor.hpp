#pragma once

#include <boost/asio/execution/blocking.hpp>
#include <boost/asio/execution/context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <utility>

namespace otp::test {

/// Runs nothing inside of a call, not even what is dispatched, and counts what it is given.
class PostingExecutor {
public:
    PostingExecutor(boost::asio::io_context& context, std::shared_ptr<int> given) noexcept
        : context_(&context), given_(std::move(given)) {}

    [[nodiscard]] boost::asio::execution_context& query(boost::asio::execution::context_t
    ) const noexcept {
        return *context_;
    }
    [[nodiscard]] PostingExecutor require(boost::asio::execution::blocking_t::never_t
    ) const noexcept {
        return *this;
    }
    template <class Function>
    void execute(Function function) const {
        ++*given_;
        boost::asio::post(*context_, std::move(function));
    }
    friend bool operator==(PostingExecutor const&, PostingExecutor const&) noexcept = default;

private:
    boost::asio::io_context* context_;
    std::shared_ptr<int> given_;
};

}  // namespace otp::test
