// What a vendor repeats of a request in a success is masked in what an application may log.

#include "unit/client/client_fixture.hpp"

#include <gmock/gmock.h>

namespace otp::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class AnsweredText : public ClientOfPlainVendor {};

TEST_F(AnsweredText, OfASendHasNoNumber) {
    conduct->request_id = "sms-to-+12025550162";
    conduct->warnings = {"2025550162 has changed hands"};
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_THAT((*sent)->request_id, Not(HasSubstr("2025550162")));
    EXPECT_THAT((*sent)->warnings.at(0), Not(HasSubstr("2025550162")));
    EXPECT_THAT((*sent)->attempts.at(0).request_id, Not(HasSubstr("2025550162")));
}

TEST_F(AnsweredText, HasNoCredential) {
    credential = "fake-credential-of-main";
    conduct->warnings = {"fake-credential-of-main ends soon"};
    conduct->code_of_wrong = "fake-credential-of-main";
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_THAT((*sent)->warnings.at(0), Not(HasSubstr("fake-credential")));
    answer(200, "wrong");
    auto const verified = verify();
    ASSERT_TRUE(verified && *verified);
    EXPECT_THAT((*verified)->vendor_code, Not(HasSubstr("fake-credential")));
}

TEST_F(AnsweredText, OfASendStaysWhereItIsHarmless) {
    conduct->request_id = "request-7";
    answer(200, "accepted");
    auto const sent = send();
    ASSERT_TRUE(sent && *sent);
    EXPECT_EQ((*sent)->request_id, "request-7");
    EXPECT_EQ((*sent)->attempts.at(0).request_id, "request-7");
    EXPECT_EQ((*sent)->attempts.at(0).http_status, 200);
}

TEST_F(AnsweredText, OfACheckHasNoCode) {
    conduct->code_of_wrong = "wrong_481592";
    answer(200, "wrong");
    auto const verified = verify();
    ASSERT_TRUE(verified && *verified);
    EXPECT_THAT((*verified)->vendor_code, Not(HasSubstr("481592")));
    EXPECT_THAT((*verified)->attempts.at(0).vendor_code, Not(HasSubstr("481592")));
}

TEST_F(AnsweredText, OfACheckStaysWhereItIsHarmless) {
    answer(200, "wrong");
    auto const verified = verify();
    ASSERT_TRUE(verified && *verified);
    EXPECT_EQ((*verified)->vendor_code, "otp_wrong");
    EXPECT_EQ((*verified)->request_id, "check");
    EXPECT_EQ((*verified)->http_status, 200);
    EXPECT_EQ((*verified)->attempts.at(0).request_id, "check");
}

}  // namespace
}  // namespace otp::test
