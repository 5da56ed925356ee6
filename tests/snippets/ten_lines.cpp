// The README's first lines of code.

#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>
#include <string>

namespace asio = boost::asio;

std::string ask_the_person();
bool log_in(std::string const& phone);

// [snippet ten_lines]
bool log_in(std::string const& phone) {
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), otp::load_config("otp.json"));

    otp::SendOtp request(otp::PhoneNumber::parse(phone).value());
    auto sent = client.async_send("login", request, asio::use_future).get().value();

    otp::VerifyOtp check(sent.handle, otp::OtpCode::parse(ask_the_person()).value());
    return client.async_verify(std::move(check), asio::use_future).get().value().approved();
}
// [snippet end]

std::string ask_the_person() {
    std::string typed;
    std::getline(std::cin, typed);
    return typed;
}
