// A code is checked by the instance that sent it, and by no other.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Sender : public ClientOfPlainVendor {
protected:
    Sender() {
        instances = {"first", "second"};
        conduct->base_urls = {
            {"first", "https://first.example"}, {"second", "https://second.example"}};
    }

    [[nodiscard]] Verified verify_with(VerificationHandle handle) {
        Verified outcome;
        VerifyOtp request(std::move(handle), OtpCode::parse("481592").value());
        client().async_verify(std::move(request), [&outcome](Result<Verification> verified) {
            outcome.emplace(std::move(verified));
        });
        settle();
        return outcome;
    }
};

TEST_F(Sender, IsAskedWhateverTheRouteSays) {
    variables["OTP_ROUTE_LOGIN"] = "first";
    answer(200, "approved");
    auto const verified = verify_with({"second", "plain", Channel::sms});
    ASSERT_TRUE(verified && *verified);
    EXPECT_EQ((*verified)->attempts.at(0).instance, "second");
    EXPECT_THAT(origins(), ElementsAre("https://second.example"));
}

TEST_F(Sender, ThatCannotBeReachedIsNotReplaced) {
    fail(ErrorCategory::connect_failed, ExchangePhase::connecting, 0);
    auto const verified = verify_with({"first", "plain", Channel::sms});
    ASSERT_TRUE(verified && !*verified);
    EXPECT_EQ(verified->error().attempts.size(), 1U);
    EXPECT_THAT(origins(), ElementsAre("https://first.example"));
}

TEST_F(Sender, ThatIsGoneIsNamed) {
    auto const verified = verify_with({"gone", "plain", Channel::sms});
    ASSERT_TRUE(verified && !*verified);
    auto const& error = verified->error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(
        error.message,
        "the code was sent by instance gone, which the configuration does not have; only it can "
        "verify the code: check it with the configuration that it was sent with"
    );
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(Sender, OfAnotherVendorIsNamed) {
    auto const verified = verify_with({"second", "stytch", Channel::sms});
    ASSERT_TRUE(verified && !*verified);
    auto const& error = verified->error();
    EXPECT_EQ(error.category, ErrorCategory::config_invalid);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(
        error.message,
        "the code was sent through stytch, but instance second is now one of plain; check it with "
        "the configuration that it was sent with"
    );
    EXPECT_THAT(targets(), IsEmpty());
}

TEST_F(Sender, WhoseNameIsNoNameIsNotShown) {
    auto const by_number = verify_with({"+12025550162", "plain", Channel::sms});
    auto const through_number = verify_with({"first", "+12025550162", Channel::sms});
    for (auto const& error : {by_number->error(), through_number->error()}) {
        EXPECT_EQ(error.message.find("2025550162"), std::string::npos) << error.message;
    }
}

}  // namespace
}  // namespace otp::test
