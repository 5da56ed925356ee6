#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <optional>

namespace otp::platform {

/// Takes a pending asynchronous operation out of what `io_context::run()` waits for.
///
/// The context counts each pending operation as work and subtracts it when the operation's handler
/// has run. So `hide` subtracts it ahead of time, and `reveal`, called first in the handler, puts
/// it back for the context to subtract. `hide` belongs into a handler of the context: taking its
/// last work away from outside would stop it. The executor functions used are meant for executor
/// wrappers.
class BackgroundWork {
public:
    /// Nothing if the executor is neither an `io_context`'s nor a strand of one.
    static std::optional<BackgroundWork> of(boost::asio::any_io_executor const& executor) {
        using Executor = boost::asio::io_context::executor_type;
        if (auto const* const context = executor.target<Executor>())
            return BackgroundWork(*context);
        if (auto const* const strand = executor.target<boost::asio::strand<Executor>>())
            return BackgroundWork(strand->get_inner_executor());
        return {};
    }

    void hide() const noexcept { executor_.on_work_finished(); }
    void reveal() const noexcept { executor_.on_work_started(); }

private:
    explicit BackgroundWork(boost::asio::io_context::executor_type executor)
        : executor_(executor) {}

    boost::asio::io_context::executor_type executor_;
};

}  // namespace otp::platform
