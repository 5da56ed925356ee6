// The README's first program.

// [snippet ten_lines]
#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>
#include <string>
#include <utility>

namespace asio = boost::asio;

int main() {
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), otp::load_config("otp.json"));

    otp::SendOtp request(otp::PhoneNumber::parse("+12025550162").value());
    auto const sent = client.async_send("login", request, asio::use_future).get().value();

    std::string typed;
    std::getline(std::cin, typed);
    otp::VerifyOtp check(sent.handle, otp::OtpCode::parse(typed).value());
    auto const checked = client.async_verify(std::move(check), asio::use_future).get().value();
    std::cout << to_string(checked.outcome) << '\n';
}
// [snippet end]
