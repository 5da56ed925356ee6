#pragma once

#include <otp/coroutine_frames.hpp>
#include <otp/seam/clock.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/errc.hpp>
#include <boost/system/error_code.hpp>

#include <memory>
#include <new>
#include <utility>

namespace otp::platform {

/// Waits for a timer in a coroutine, until `when` or until the timer or the coroutine is cancelled.
/// Without memory to wait, it gives `not_enough_memory` soon. The coroutine must run on the timer's
/// executor.
inline boost::asio::awaitable<boost::system::error_code> wait_until(
    ClockTimer& timer, Clock::TimePoint when
) {
    using boost::system::error_code;
    // An exception from here would leave the event loop, and the coroutine would never go on.
    auto start = [&timer, when](auto handler) {
        auto const executor = boost::asio::get_associated_executor(handler);
        auto const slot = boost::asio::get_associated_cancellation_slot(handler);
        std::shared_ptr<decltype(handler)> kept;
        try {
            kept = std::make_shared<decltype(handler)>(std::move(handler));
            auto resume = [kept](error_code error) { std::move (*kept)(error); };
            timer.async_wait_until(
                when,
                ClockTimer::WaitHandler(boost::asio::bind_cancellation_slot(slot, std::move(resume))
                )
            );
        } catch (std::bad_alloc const&) {
            auto const lack = make_error_code(boost::system::errc::not_enough_memory);
            if (kept) {
                boost::asio::post(executor, [kept, lack] { std::move (*kept)(lack); });
            } else {
                boost::asio::post(executor, [handler = std::move(handler), lack]() mutable {
                    std::move(handler)(lack);
                });
            }
        }
    };
    constexpr auto token = boost::asio::as_tuple(boost::asio::use_awaitable);
    auto [error] = co_await boost::asio::async_initiate<decltype(token), void(error_code)>(
        std::move(start), token
    );
    co_return error;
}

}  // namespace otp::platform
