// What an attempt to check a code says: the vendor's verdict, and not that a code was accepted.

#include "unit/client/client_fixture.hpp"

#include <boost/json/object.hpp>

namespace otp::test {
namespace {

class CheckAttempt : public ClientOfPlainVendor {};

TEST_F(CheckAttempt, HasTheOutcomeOfTheCheck) {
    answer(200, "wrong");
    auto const wrong = verify();
    ASSERT_TRUE(wrong && *wrong);
    ASSERT_EQ((*wrong)->attempts.size(), 1U);
    auto const& attempt = (*wrong)->attempts.front();
    EXPECT_EQ(attempt.outcome, VerificationOutcome::wrong_code);
    EXPECT_EQ(attempt.vendor_code, "otp_wrong");
    EXPECT_FALSE(attempt.failure);
    EXPECT_TRUE(to_json(attempt).at("delivery").is_null());

    answer(200, "approved");
    EXPECT_EQ((*verify())->attempts.front().outcome, VerificationOutcome::approved);
}

TEST_F(CheckAttempt, HasNoneWhereTheVendorSaidNothingOfTheCode) {
    fail(ErrorCategory::connection_lost, ExchangePhase::waiting, 10);
    auto const lost = verify();
    ASSERT_TRUE(lost && !*lost);
    auto const attempts = lost->error().attempts;
    EXPECT_FALSE(attempts.front().outcome);
    EXPECT_EQ(to_json(attempts.front()).at("delivery"), "unknown");
}

TEST_F(CheckAttempt, ThatIsAskedAboutHasWhatItSeemedToBe) {
    conduct->confirms = true;
    answer(200, "");
    answer(200, "pending");
    auto const rejected = verify();
    ASSERT_TRUE(rejected && *rejected);
    auto const& attempts = (*rejected)->attempts;
    ASSERT_EQ(attempts.size(), 2U);
    EXPECT_EQ(attempts[0].outcome, VerificationOutcome::approved);
    EXPECT_EQ(attempts[0].decision, Decision::confirm);
    EXPECT_EQ(attempts[1].outcome, VerificationOutcome::rejected);
}

TEST_F(CheckAttempt, OfASendHasNone) {
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_FALSE((*sent)->attempts.front().outcome);
    EXPECT_EQ(to_json((*sent)->attempts.front()).at("delivery"), "accepted");
}

}  // namespace
}  // namespace otp::test
