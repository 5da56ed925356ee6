// The same with C++20 coroutines, on one thread and without locks.
//
//   example_coroutine otp.json +12025550162

#include <otp/otp.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <iostream>
#include <string>
#include <unistd.h>
#include <utility>

namespace asio = boost::asio;

/// A line from the terminal or a pipe. Meanwhile the one thread does other work.
asio::awaitable<std::string> read_line() {
    auto const executor = co_await asio::this_coro::executor;
    asio::posix::stream_descriptor input(executor, ::dup(STDIN_FILENO));
    std::string line;
    auto const buffer = asio::dynamic_buffer(line);
    auto const [error, length] =
        co_await asio::async_read_until(input, buffer, '\n', asio::as_tuple(asio::use_awaitable));
    // The last line of a pipe may lack its end.
    bool const is_last_line = error == asio::error::eof && !line.empty();
    if (error && !is_last_line) throw boost::system::system_error(error);
    co_return line.substr(0, is_last_line ? line.size() : length - 1);
}

// Its parameters live in the coroutine's frame; a lambda's captures would not.
asio::awaitable<int> log_in(otp::OtpClient& client, otp::PhoneNumber phone) {
    otp::SendOtp request(std::move(phone));
    request.locale = "en";
    auto sent = co_await client.async_send("login", request, asio::use_awaitable);
    if (!sent) {
        std::cerr << sent.error() << '\n';
        co_return 1;
    }

    std::cout << "Code: " << std::flush;
    std::string const typed = co_await read_line();
    otp::VerifyOtp check(sent->handle, otp::OtpCode::parse(typed).value());
    auto verified = co_await client.async_verify(std::move(check), asio::use_awaitable);
    if (!verified) {
        std::cerr << verified.error() << '\n';
        co_return 1;
    }
    std::cout << to_string(verified->outcome) << '\n';
    co_return verified->approved() ? 0 : 1;
}

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: example_coroutine CONFIG PHONE\n";
        return 2;
    }
    asio::io_context context(1);
    otp::ClientOptions options;
    options.threading = otp::Threading::single;
    otp::OtpClient client(context.get_executor(), otp::load_config(argv[1]), std::move(options));

    int status = 2;
    std::exception_ptr failure;
    asio::co_spawn(
        context,
        log_in(client, otp::PhoneNumber::parse(argv[2]).value()),
        [&](std::exception_ptr thrown, int result) {
            failure = std::move(thrown);
            status = result;
        }
    );
    context.run();
    if (failure) std::rethrow_exception(failure);
    return status;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
