// The server closes the connection between an approval and the question that confirms it: the
// question changes nothing, so it is put once more, and the check is not.

#include "support/scripted_server.hpp"

#include <otp/otp.hpp>

#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <gtest/gtest.h>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

namespace asio = boost::asio;

/// 10nPay, whose kept connections die as soon as they are asked for the user's status.
class ForgetfulVendor {
public:
    /// `losses`: how many connections die.
    explicit ForgetfulVendor(std::size_t losses)
        : server_([this, losses](Peer& peer, std::size_t connection) {
              while (auto const request = peer.read_request()) {
                  auto const line = remember(*request);
                  if (line.starts_with("POST /User/phone-number/verify ")) {
                      peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                  } else if (connection < losses) {
                      return peer.cut();
                  } else {
                      peer.write(ok_response(R"({"isPhoneNumberVerified":true,"status":200})"));
                  }
              }
          }) {}

    [[nodiscard]] std::string base_url() const { return server_.base_url(); }
    [[nodiscard]] std::size_t connections() const { return server_.connections(); }
    /// The request lines of all requests.
    [[nodiscard]] std::vector<std::string> requests() const {
        std::lock_guard const lock(mutex_);
        return requests_;
    }

private:
    std::string remember(std::string_view request) {
        std::string line(request.substr(0, request.find('\r')));
        std::lock_guard const lock(mutex_);
        requests_.push_back(line);
        return line;
    }

    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    ScriptedServer server_;
};

constexpr std::string_view check = "POST /User/phone-number/verify HTTP/1.1";
constexpr std::string_view question = "GET /User/2077/status HTTP/1.1";

class LostConfirmation : public testing::Test {
protected:
    [[nodiscard]] Result<Verification> verify(ForgetfulVendor const& vendor) {
        InstanceConfig instance;
        instance.name = "main";
        instance.vendor = "10npay";
        instance.base_url = vendor.base_url();
        instance.credentials.emplace("access_token", Secret("fake-token"));
        instance.options["confirm_verification"] = "true";
        ClientConfig config;
        config.instances.push_back(std::move(instance));
        VerificationHandle handle("main", "10npay", Channel::sms);
        handle.set_reference("user_id", "2077");
        OtpClient client(pool.get_executor(), std::move(config));
        VerifyOtp request(std::move(handle), OtpCode::parse("714982").value());
        return client.async_verify(std::move(request), asio::use_future).get();
    }

    asio::thread_pool pool{1};
};

TEST_F(LostConfirmation, IsAskedForOnceMoreOnAFreshConnection) {
    ForgetfulVendor const vendor(1);
    auto const verified = verify(vendor);
    ASSERT_TRUE(verified) << verified.error();
    EXPECT_TRUE(verified->approved());
    EXPECT_EQ(verified->attempts.size(), 2U);
    EXPECT_EQ(
        vendor.requests(),
        (std::vector<std::string>{std::string(check), std::string(question), std::string(question)})
    );
    EXPECT_EQ(vendor.connections(), 2U);
}

TEST_F(LostConfirmation, IsNotAskedForAThirdTime) {
    ForgetfulVendor const vendor(2);
    auto const verified = verify(vendor);
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().category, ErrorCategory::connection_lost);
    EXPECT_EQ(verified.error().delivery, Delivery::unknown);
    EXPECT_EQ(
        vendor.requests(),
        (std::vector<std::string>{std::string(check), std::string(question), std::string(question)})
    );
}

}  // namespace
}  // namespace otp::test
