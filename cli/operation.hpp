#pragma once

#include "failure_of_machine.hpp"
#include "program_vendors.hpp"

#include <otp/client.hpp>
#include <otp/testing/transport_by_configuration.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <exception>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace otp::cli {

/// Runs one operation to its end on this thread; SIGINT, SIGTERM and SIGHUP cancel it, and it then
/// says what is certain about the code.
///
/// `initiate` starts the operation with the completion handler that it is given; only `context`
/// carries it out, so an exception that leaves this function means that nothing was sent:
/// descriptors for the signals that the machine does not give, for example.
template <class Value, class Initiate>
[[nodiscard]] Result<Value> run_operation(boost::asio::io_context& context, Initiate initiate) {
    std::optional<Result<Value>> outcome;
    boost::asio::cancellation_signal cancellation;
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    // A program that is to outlive its terminal (nohup) was started with it ignored.
    struct sigaction hang_up {};
    ::sigaction(SIGHUP, nullptr, &hang_up);
    if (hang_up.sa_handler != SIG_IGN) signals.add(SIGHUP);
    signals.async_wait([&cancellation](boost::system::error_code error, int) {
        if (!error) cancellation.emit(boost::asio::cancellation_type::terminal);
    });
    initiate(boost::asio::bind_cancellation_slot(
        cancellation.slot(),
        [&outcome, &context](Result<Value> result) {
            outcome.emplace(std::move(result));
            // Waiting for signals would hold run() up.
            context.stop();
        }
    ));
    try {
        context.run();
    } catch (std::exception const& exception) {
        return failure_of_machine(exception, Delivery::unknown);
    }
    if (!outcome) {
        return Error(ErrorCategory::internal, "the operation did not complete", Delivery::unknown);
    }
    return std::move(*outcome);
}

/// The client of a command: one thread runs `context` and nothing else calls it.
[[nodiscard]] inline OtpClient make_client(
    boost::asio::io_context& context,
    ClientConfig configuration,
    std::vector<std::shared_ptr<Observer>> observers = {}
) {
    ClientOptions options;
    options.threading = Threading::single;
    options.vendors = program_vendors();
    options.transport = testing::transport_by_configuration(options.vendors);
    options.observers = std::move(observers);
    return OtpClient(context.get_executor(), std::move(configuration), std::move(options));
}

}  // namespace otp::cli
