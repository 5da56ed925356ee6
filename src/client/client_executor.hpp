#pragma once

#include "client/cancel_request.hpp"
#include "platform/block_pool.hpp"
#include "platform/dispatch_surely.hpp"
#include "platform/post_or_run.hpp"

#include <otp/client.hpp>

#include <boost/asio/any_completion_executor.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>

#include <type_traits>
#include <utility>

namespace otp {

/// Where a client works and where it completes its callers' handlers: all that `Threading` decides.
///
/// Members that are not templates may be called from any thread.
class ClientExecutor {
public:
    ClientExecutor(boost::asio::any_io_executor user, Threading threading);

    [[nodiscard]] boost::asio::any_io_executor const& user() const noexcept { return user_; }
    /// The user's executor, or a strand of it.
    [[nodiscard]] boost::asio::any_io_executor const& work() const noexcept { return work_; }
    /// Memory for operations; null if more than one thread may meet them.
    [[nodiscard]] platform::BlockPool* operation_pool() const noexcept {
        return operation_pool_.get();
    }

    /// For an initiating call: runs `begin` with `arguments` on the work executor, here and now if
    /// this is its thread; else they are copied or moved there. What `begin` completes is posted.
    template <class Begin, class... Arguments>
    void run(Begin begin, Arguments&&... arguments) {
        if (threading_ == Threading::single) {
            Initiating const here(*this);
            return begin(arguments...);
        }
        platform::dispatch_surely(
            work_,
            [this, begin = std::move(begin), ... arguments = std::forward<Arguments>(arguments)](
            ) mutable {
                Initiating const here(*this);
                begin(arguments...);
            }
        );
    }

    /// Completes a caller's handler with `outcome`, on its executor or else the user's: at once if
    /// that is where this runs, but never from inside the caller's initiating call. On the work
    /// executor.
    template <class Handler, class Outcome>
    void complete(Handler&& handler, Outcome&& outcome) {
        if (initiating_) return post(std::move(handler), std::move(outcome));
        auto const target = target_of(handler);
        // On the one thread of the client's own executor a dispatch would only call the handler.
        if (threading_ == Threading::single && target == user_completion_) {
            return call(handler, outcome);
        }
        platform::dispatch_surely(target, completion(std::move(handler), std::move(outcome)));
    }

    /// The same from wherever the caller is, and always later.
    template <class Handler, class Outcome>
    void post(Handler&& handler, Outcome&& outcome) const {
        auto target = target_of(handler);
        // any_completion_executor of Boost 1.81 cannot be posted to; ours can.
        platform::post_or_run(
            work_,
            [target = std::move(target),
             completion = completion(std::move(handler), std::move(outcome))]() mutable {
                platform::dispatch_surely(target, std::move(completion));
            }
        );
    }

private:
    /// While it lives, a caller is inside its initiating call; calls nest where a handler begins
    /// the next operation.
    class Initiating {
    public:
        explicit Initiating(ClientExecutor& executor)
            : executor_(executor), outer_(std::exchange(executor.initiating_, true)) {}
        Initiating(Initiating const&) = delete;
        Initiating& operator=(Initiating const&) = delete;
        ~Initiating() { executor_.initiating_ = outer_; }

    private:
        ClientExecutor& executor_;
        bool outer_;
    };

    template <class Handler>
    [[nodiscard]] boost::asio::any_completion_executor target_of(Handler const& handler) const {
        return boost::asio::get_associated_executor(handler, user_completion_);
    }

    template <class Handler, class Outcome>
    static void call(Handler& handler, Outcome& outcome) {
        CancelRequest::disconnect(handler);
        std::move(handler)(std::move(outcome));
    }

    template <class Handler, class Outcome>
    static auto completion(Handler&& handler, Outcome&& outcome) {
        static_assert(!std::is_lvalue_reference_v<Handler> && !std::is_lvalue_reference_v<Outcome>);
        return [handler = std::move(handler), outcome = std::move(outcome)]() mutable {
            call(handler, outcome);
        };
    }

    Threading threading_;
    boost::asio::any_io_executor user_;
    /// The same, as completion handlers name their executors.
    boost::asio::any_completion_executor user_completion_;
    boost::asio::any_io_executor work_;
    platform::BlockPool::Owner operation_pool_;
    /// Whether a caller may be inside its initiating call right now. On the work executor.
    bool initiating_{false};
};

}  // namespace otp
