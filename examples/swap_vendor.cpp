// One program for every vendor: which one sends is one word of the configuration,
//
//   "routes": { "login": { "use": ["stytch"] } }
//
// or, for one run, of the environment: OTP_ROUTE_LOGIN=eko example_swap_vendor otp.json
// +919002336768

#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <exception>
#include <iostream>
#include <string>

namespace asio = boost::asio;

/// Everything that is known about the person; the chosen vendor takes what it needs of it. An
/// application has the ids in its own user table.
otp::Recipient person(std::string_view phone) {
    otp::Recipient recipient(otp::PhoneNumber::parse(phone).value());
    recipient.user_ids["spherepay"] = "customer_f31121c389624d3697cbf3ea8830b7a4";
    recipient.user_ids["10npay"] = "2077";
    return recipient;
}

int main(int argc, char** argv) try {
    if (argc != 3) {
        std::cerr << "usage: example_swap_vendor CONFIG PHONE\n";
        return 2;
    }
    asio::thread_pool pool(1);
    otp::OtpClient client(pool.get_executor(), otp::load_config(argv[1]));

    otp::SendOtp request(person(argv[2]));
    request.expires_in = std::chrono::minutes(5);  // a hint: some vendors fix it
    auto const sent = client.async_send("login", request, asio::use_future).get().value();
    std::cout << "sent by " << sent.handle.vendor() << "\nCode: " << std::flush;

    // The handle says which vendor has to be asked, so this line names none either.
    std::string typed;
    std::getline(std::cin, typed);
    otp::VerifyOtp check(sent.handle, otp::OtpCode::parse(typed).value());
    auto const verified = client.async_verify(std::move(check), asio::use_future).get().value();
    std::cout << to_string(verified.outcome) << '\n';
    return verified.approved() ? 0 : 1;
} catch (otp::ErrorException const& failure) {
    std::cerr << failure.error() << '\n';
    return 1;
} catch (std::exception const& error) {
    std::cerr << error.what() << '\n';
    return 2;
}
