// A blocking program: each call waits for its result.
//
//   example_blocking otp.json +12025550162

#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <exception>
#include <iostream>
#include <optional>
#include <string>

namespace asio = boost::asio;

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: example_blocking CONFIG PHONE\n";
        return 2;
    }
    asio::thread_pool pool(1);  // runs the client's work while this thread waits
    otp::OtpClient client(pool.get_executor(), otp::load_config(argv[1]));

    otp::SendOtp request(otp::PhoneNumber::parse(argv[2]).value());
    auto const sent = client.async_send("login", request, asio::use_future).get();
    if (!sent) std::cerr << sent.error() << '\n';
    // If only the answer was lost, a code may be on its way all the same: the error has its handle.
    std::optional<otp::VerificationHandle> const handle = sent ? sent->handle : sent.error().handle;
    if (!handle) return 1;

    std::cout << "Code: " << std::flush;
    std::string typed;
    std::getline(std::cin, typed);
    otp::VerifyOtp check(*handle, otp::OtpCode::parse(typed).value());
    auto const verified = client.async_verify(std::move(check), asio::use_future).get().value();
    std::cout << to_string(verified.outcome) << '\n';
    return verified.approved() ? 0 : 1;
} catch (std::exception const& error) {  // a configuration, number or code that cannot be used
    std::cerr << error.what() << '\n';
    return 2;
}
