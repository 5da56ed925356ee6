// What an operation's error says: nothing that the request took along, and a word about a wrong
// clock.

#include "unit/delivery/operation_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;

using OperationWords = OperationTest;

TEST_F(OperationWords, MaskTheRecipientInAnAnswer) {
    auto refused = said(ErrorCategory::invalid_recipient, "not (202) 555-0162");
    refused.request_id = "id-12025550162";
    script.errors.emplace(400, refused);
    auto& first = add("first");
    begin();
    first.transport->answer(400);
    EXPECT_EQ(error().message, "not (***");
    EXPECT_EQ(error().request_id, "id-***");
    EXPECT_EQ(attempts().at(0).request_id, "id-***");
}

TEST_F(OperationWords, MaskTheCredentialsOfTheInstance) {
    script.errors.emplace(
        400, said(ErrorCategory::invalid_request, "not fake-credential-of-an-instance!")
    );
    auto& first = add("first");
    begin();
    first.transport->answer(400);
    EXPECT_EQ(error().message, "not ***!");
}

TEST_F(OperationWords, MaskTheAccessToken) {
    script.errors.emplace(400, said(ErrorCategory::invalid_request, "not fake-bearer-token!"));
    auto& first = add_with_token("first");
    keep_token(first, "fake-bearer-token");
    begin();
    first.transport->answer(400);
    EXPECT_EQ(error().message, "not ***!");
}

TEST_F(OperationWords, MaskOfARefusalWhatWasToBeSent) {
    add("first");
    // The limit resembles the number and is not the same.
    script.refusals.emplace(
        "first", said(ErrorCategory::invalid_request, "+12025550162 is not up to 2025550162")
    );
    begin();
    EXPECT_EQ(error().message, "+*** is not up to 2025550162");
}

TEST_F(OperationWords, MaskOfTheLastRefusalWhatWasToBeSent) {
    add("first");
    add("second");
    auto const refused = said(ErrorCategory::unsupported, "not +12025550162");
    script.refusals.emplace("first", refused);
    script.refusals.emplace("second", refused);
    begin();
    EXPECT_THAT(error().message, EndsWith(": not +***"));
}

TEST_F(OperationWords, AreTheSdksOwnWithoutAnAnswer) {
    auto& first = add("first");
    begin();
    first.transport->fail(
        said(ErrorCategory::connect_failed, "port 2025550162"), ExchangePhase::connecting, 0
    );
    EXPECT_EQ(error().message, "port 2025550162");
}

class OperationWordsOfTime : public OperationTest {
protected:
    /// Of a refusal at 00:30:00, of a request made at 00:00:00, with that Date.
    std::string of_answer_dated(std::string_view time) {
        script.errors.emplace(403, said(ErrorCategory::unauthenticated, "who?"));
        std::string date = "Thu, 01 Jan 2026 ";
        date.append(time).append(" GMT");
        auto& first = add("first");
        begin();
        clock->manual.advance(30min);
        first.transport->answer(403, {}, {{"Date", date}});
        return error().message;
    }
};

TEST_F(OperationWordsOfTime, TellThatTheClockIsBehind) {
    EXPECT_THAT(of_answer_dated("00:50:00"), HasSubstr("who?; this machine's clock is 20 minutes"));
}

TEST_F(OperationWordsOfTime, TellNothingOfASlowAnswersBeginning) {
    EXPECT_EQ(of_answer_dated("00:00:01"), "who?");
}

TEST_F(OperationWordsOfTime, TellNothingOfASlowAnswersEnd) {
    EXPECT_EQ(of_answer_dated("00:29:59"), "who?");
}

}  // namespace
}  // namespace otp::test
