// Whether a check that was refused may have been counted.

#include "unit/client/client_fixture.hpp"

namespace otp::test {
namespace {

class RefusedCheck : public ClientOfPlainVendor {};

TEST_F(RefusedCheck, ThatNobodyUnderstandsMayHaveBeenCounted) {
    for (int const status : {400, 404, 422}) {
        answer(status, "<html>");
        auto const error = verify()->error();
        EXPECT_EQ(error.category, ErrorCategory::bad_response) << status;
        EXPECT_EQ(error.delivery, Delivery::unknown) << status;
        EXPECT_EQ(error.attempts.back().delivery, Delivery::unknown) << status;
    }
}

TEST_F(RefusedCheck, ThatIsUnderstoodHasNotBeenCounted) {
    answer(401, "");
    EXPECT_EQ(verify()->error().delivery, Delivery::not_sent);
    answer(307, "");
    EXPECT_EQ(verify()->error().delivery, Delivery::not_sent);
}

TEST_F(RefusedCheck, ThatTheVendorExplainsHasNotBeenCounted) {
    for (auto const category : {ErrorCategory::invalid_request, ErrorCategory::rate_limited}) {
        conduct->refusal = Error(category, "explained");
        answer(422, "");
        auto const error = verify()->error();
        EXPECT_EQ(error.category, category);
        EXPECT_EQ(error.delivery, Delivery::not_sent);
    }
}

TEST_F(RefusedCheck, IsOneWithAStatusFrom400To499) {
    conduct->refusal = Error(ErrorCategory::bad_response, "not understood");
    for (int const status : {400, 499}) {
        answer(status, "");
        EXPECT_EQ(verify()->error().delivery, Delivery::unknown) << status;
    }
    // Of others the adapter's word counts.
    for (int const status : {399, 500, 501}) {
        answer(status, "");
        EXPECT_EQ(verify()->error().delivery, Delivery::not_sent) << status;
    }
}

TEST_F(RefusedCheck, IsAnotherThingThanARefusedSend) {
    answer(404, "<html>");
    EXPECT_EQ(send()->error().delivery, Delivery::not_sent);
}

}  // namespace
}  // namespace otp::test
