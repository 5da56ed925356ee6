#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <atomic>
#include <optional>

namespace otp::platform {

/// Whether one pending asynchronous operation is part of what `io_context::run()` waits for.
///
/// The context counts each pending operation as work and subtracts it when the operation's handler
/// has run. So `hide` subtracts it ahead of time, and `finished`, called first in the handler, puts
/// it back for the context to subtract. The executor functions used are meant for executor
/// wrappers.
///
/// The handler must run in the context itself and not on a strand of it: a strand may run it later
/// than the context subtracts it, and where several operations end at once the count would come to
/// nothing meanwhile, and stop the context for good. The handler may run on another thread than the
/// rest, so each change is one atomic step, and the count is never lower than it should be.
class BackgroundWork {
public:
    using Executor = boost::asio::io_context::executor_type;

    explicit BackgroundWork(Executor const& executor) noexcept : executor_(executor) {}

    /// The context behind an executor that is an `io_context`'s own or a strand of it.
    static std::optional<Executor> context_of(boost::asio::any_io_executor const& executor) {
        if (auto const* const context = executor.target<Executor>()) return *context;
        if (auto const* const strand = executor.target<boost::asio::strand<Executor>>()) {
            return strand->get_inner_executor();
        }
        return {};
    }

    /// Before an operation is started.
    void begin() noexcept { state_.store(State::counted, std::memory_order_release); }

    /// Lets the context's `run` return although the operation is pending. Belongs into a handler of
    /// the context: taking its last work away from outside would stop it.
    void hide() noexcept {
        auto expected = State::counted;
        if (state_.compare_exchange_strong(expected, State::hidden)) executor_.on_work_finished();
    }

    /// Makes the operation count again.
    void reveal() noexcept {
        if (state_ != State::hidden) return;
        executor_.on_work_started();
        auto expected = State::hidden;
        // The handler has come first, and has put it back itself.
        if (!state_.compare_exchange_strong(expected, State::counted)) executor_.on_work_finished();
    }

    /// First thing in the operation's handler.
    void finished() noexcept {
        if (state_.exchange(State::done) == State::hidden) executor_.on_work_started();
    }

private:
    enum class State { done, counted, hidden };

    Executor executor_;
    std::atomic<State> state_{State::done};
};

}  // namespace otp::platform
