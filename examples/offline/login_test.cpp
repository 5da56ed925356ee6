// A login with GoogleTest: the mock vendors run in the test's own process.

#include <otp/mocks/scoped_mock_vendors.hpp>
#include <otp/testing/matchers.hpp>

#include <boost/asio/use_future.hpp>

#include <gtest/gtest.h>

using boost::asio::use_future;
using otp::testing::IsAccepted;
using otp::testing::WasApproved;

TEST(Login, WithTheCodeOfTheMessage) {
    otp::mocks::ScopedMockVendors vendors;
    auto client = vendors.client();
    otp::SendOtp request(otp::PhoneNumber::parse("+12025550162").value());

    auto const sent = client.async_send("login", request, use_future).get();
    ASSERT_THAT(sent, IsAccepted());

    auto const code = otp::OtpCode::parse(vendors.code_for("+12025550162")).value();
    otp::VerifyOtp check(sent->handle, code.clone());
    EXPECT_THAT(client.async_verify(std::move(check), use_future).get(), WasApproved());
}
