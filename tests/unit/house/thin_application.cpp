// What an application's source looks like: it is compiled, never run.

#include <otp/otp.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <future>

namespace otp::test {

otp::Result<otp::SendReceipt> send_and_wait(otp::OtpClient& client, otp::PhoneNumber const& phone);

otp::Result<otp::SendReceipt> send_and_wait(otp::OtpClient& client, otp::PhoneNumber const& phone) {
    otp::SendOtp request{phone};
    auto sent = client.async_send("login", std::move(request), boost::asio::use_future);
    return sent.get();
}

}  // namespace otp::test
