// Every way to await the client that Asio has, in one program: it must compile with optimization
// and all warnings as errors. With GCC 12 whether a coroutine's frame is misjudged depends on what
// else stands in the file, so this has large frames, small ones, and a main that starts them.
#include <otp/otp.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <exception>
#include <iostream>
#include <string>
#include <tuple>
#include <utility>

namespace asio = boost::asio;
using namespace asio::experimental::awaitable_operators;

asio::awaitable<int> log_in(otp::OtpClient& client, otp::PhoneNumber phone) {
    otp::SendOtp request(std::move(phone));
    request.locale = "en";
    auto sent = co_await client.async_send("login", request, asio::use_awaitable);
    if (!sent) {
        std::cerr << sent.error() << '\n';
        co_return 1;
    }
    std::string typed;
    std::getline(std::cin, typed);
    otp::VerifyOtp check(sent->handle, otp::OtpCode::parse(typed).value());
    auto verified = co_await client.async_verify(std::move(check), asio::use_awaitable);
    if (!verified) {
        std::cerr << verified.error() << '\n';
        co_return 1;
    }
    co_return verified->approved() ? 0 : 1;
}

asio::awaitable<bool> send_only(otp::OtpClient& client, otp::SendOtp request) {
    auto sent = co_await client.async_send("login", std::move(request), asio::use_awaitable);
    co_return sent.has_value();
}

asio::awaitable<bool> send_as_tuple(otp::OtpClient& client, otp::SendOtp request) {
    auto token = asio::as_tuple(asio::use_awaitable);
    auto [sent] = co_await client.async_send("login", std::move(request), token);
    co_return sent.has_value();
}

asio::awaitable<bool> send_deferred(otp::OtpClient& client, otp::SendOtp request) {
    auto operation = client.async_send("login", std::move(request));
    auto sent = co_await std::move(operation)(asio::use_awaitable);
    co_return sent.has_value();
}

asio::awaitable<bool> send_within_a_second(otp::OtpClient& client, otp::SendOtp request) {
    auto const executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, std::chrono::seconds(1));
    auto waited = timer.async_wait(asio::use_awaitable);
    auto sent = client.async_send("login", std::move(request), asio::use_awaitable);
    auto both = std::move(sent) || std::move(waited);
    auto first = co_await std::move(both);
    co_return first.index() == 0;
}

asio::awaitable<bool> send_to_two(otp::OtpClient& client, otp::SendOtp request) {
    auto one = client.async_send("login", request, asio::use_awaitable);
    auto other = client.async_send("alarm", request, asio::use_awaitable);
    auto both = std::move(one) && std::move(other);
    auto sent = co_await std::move(both);
    co_return std::get<0>(sent).has_value() && std::get<1>(sent).has_value();
}

asio::awaitable<void> shut_down(otp::OtpClient& client) {
    co_await client.async_shutdown(std::chrono::seconds(1), asio::use_awaitable);
}

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: completion_tokens CONFIG PHONE\n";
        return 2;
    }
    asio::io_context context(1);
    otp::OtpClient client(context.get_executor(), otp::load_config(argv[1]));
    auto const phone = otp::PhoneNumber::parse(argv[2]).value();
    otp::SendOtp const request(phone);

    int status = 2;
    std::exception_ptr failure;
    asio::co_spawn(context, log_in(client, phone), [&](std::exception_ptr thrown, int result) {
        failure = std::move(thrown);
        status = result;
    });
    asio::co_spawn(context, send_only(client, request), asio::detached);
    asio::co_spawn(context, send_as_tuple(client, request), asio::detached);
    asio::co_spawn(context, send_deferred(client, request), asio::detached);
    asio::co_spawn(context, send_within_a_second(client, request), asio::detached);
    asio::co_spawn(context, send_to_two(client, request), asio::use_future);
    context.run();
    asio::co_spawn(context, shut_down(client), asio::detached);
    context.run();
    if (failure) std::rethrow_exception(failure);
    return status;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
