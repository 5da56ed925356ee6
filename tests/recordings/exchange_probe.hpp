#pragma once

#include <otp/seam/transport.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <thread>
#include <utility>

namespace otp::test {

/// Collects what an exchange completed with, how often and on which thread.
struct ExchangeProbe {
    std::optional<HttpExchange> exchange;
    int completions{0};
    std::thread::id thread;
    boost::asio::cancellation_signal cancel;

    template <class Executor>
    Transport::ExchangeHandler handler(Executor const& executor) {
        return Transport::ExchangeHandler(boost::asio::bind_cancellation_slot(
            cancel.slot(),
            boost::asio::bind_executor(
                executor,
                [this](HttpExchange done) {
                    exchange.emplace(std::move(done));
                    ++completions;
                    thread = std::this_thread::get_id();
                }
            )
        ));
    }
};

}  // namespace otp::test
