#include "client/client_executor.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>

namespace otp {

namespace {

namespace asio = boost::asio;

asio::any_io_executor work_executor_for(asio::any_io_executor const& user, Threading threading) {
    if (threading == Threading::single) return user;
    // A strand of the concrete executor fits into any_io_executor without an allocation.
    if (auto const* const context = user.target<asio::io_context::executor_type>()) {
        return asio::make_strand(*context);
    }
    // This one does not fit, but what it runs needs no type-erased executor of its own.
    if (auto const* const pool = user.target<asio::thread_pool::executor_type>()) {
        return asio::make_strand(*pool);
    }
    return asio::make_strand(user);
}

}  // namespace

ClientExecutor::ClientExecutor(asio::any_io_executor user, Threading threading)
    : threading_(threading),
      user_(std::move(user)),
      user_completion_(user_),
      work_(work_executor_for(user_, threading)),
      operation_pool_(threading == Threading::single ? platform::BlockPool::make() : nullptr) {}

}  // namespace otp
