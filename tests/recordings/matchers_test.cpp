#include <otp/testing/matchers.hpp>

#include <chrono>
#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

/// What an application's tests say of a client's outcomes, and what a person reads when they fail.
namespace otp::test {
namespace {

using otp::testing::FailedWith;
using otp::testing::IsAccepted;
using otp::testing::WasApproved;
using otp::testing::WasDenied;
using ::testing::AllOf;
using ::testing::DescribeMatcher;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::PrintToString;
using ::testing::SizeIs;

using Sent = Result<SendReceipt>;
using Checked = Result<Verification>;

Attempt attempt_at(std::string instance, std::optional<ErrorCategory> failure) {
    Attempt attempt;
    attempt.instance = std::move(instance);
    attempt.vendor = "stytch";
    attempt.failure = failure;
    attempt.delivery = failure ? Delivery::unknown : Delivery::accepted;
    attempt.latency = std::chrono::milliseconds(9);
    return attempt;
}

/// What must be seen nowhere stands in it: code, token, number, reference.
Sent accepted() {
    VerificationHandle handle("main", "stytch", Channel::sms);
    handle.set_reference("method_id", "+12025550162");
    SendReceipt receipt(std::move(handle));
    receipt.request_id = "request-1";
    receipt.test_code = OtpCode::parse("301969").value();
    receipt.attempts.push_back(attempt_at("spare", ErrorCategory::connect_failed));
    receipt.attempts.push_back(attempt_at("main", std::nullopt));
    return receipt;
}

Error lost_answer() {
    Error error(ErrorCategory::connection_lost, "the server closed", Delivery::unknown);
    error.instance = "main";
    error.vendor = "stytch";
    error.stop = DecisionReason::may_have_been_sent;
    error.handle.emplace("main", "stytch", Channel::sms).set_reference("to", "+12025550162");
    error.attempts.push_back(attempt_at("main", ErrorCategory::connection_lost));
    error.attempts.back().phase = ExchangePhase::waiting;
    error.attempts.back().reason = DecisionReason::may_have_been_sent;
    return error;
}

Checked answered(VerificationOutcome outcome) {
    Verification verification(outcome);
    verification.http_status = 404;
    verification.vendor_code = "otp_code_not_found";
    verification.session.emplace().token = Secret("session-token");
    return verification;
}

template <class Matcher, class Value>
std::string explain(Matcher const& matcher, Value const& value) {
    ::testing::StringMatchResultListener listener;
    ::testing::ExplainMatchResult(matcher, value, &listener);
    return listener.str();
}

TEST(OutcomeMatchers, TellAcceptedFromFailed) {
    EXPECT_THAT(accepted(), IsAccepted());
    EXPECT_THAT(Sent(lost_answer()), Not(IsAccepted()));
}

TEST(OutcomeMatchers, LookIntoAReceipt) {
    EXPECT_THAT(accepted(), IsAccepted(Field(&SendReceipt::attempts, SizeIs(2))));
    EXPECT_THAT(accepted(), Not(IsAccepted(Field(&SendReceipt::attempts, IsEmpty()))));
    EXPECT_THAT(Sent(lost_answer()), Not(IsAccepted(Field(&SendReceipt::attempts, SizeIs(2)))));
    EXPECT_THAT(
        explain(IsAccepted(Field("request_id", &SendReceipt::request_id, "other")), accepted()),
        AllOf(HasSubstr("which is a receipt"), HasSubstr("request_id"))
    );
}

TEST(OutcomeMatchers, HoldCategoryAndDelivery) {
    Sent const sent(lost_answer());
    EXPECT_THAT(sent, FailedWith(ErrorCategory::connection_lost));
    EXPECT_THAT(sent, FailedWith(ErrorCategory::connection_lost, Delivery::unknown));
    EXPECT_THAT(Checked(lost_answer()), FailedWith(ErrorCategory::connection_lost));

    EXPECT_THAT(sent, Not(FailedWith(ErrorCategory::timeout)));
    EXPECT_THAT(sent, Not(FailedWith(ErrorCategory::timeout, Delivery::unknown)));
    EXPECT_THAT(sent, Not(FailedWith(ErrorCategory::connection_lost, Delivery::not_sent)));
    EXPECT_THAT(accepted(), Not(FailedWith(ErrorCategory::connection_lost)));
}

TEST(OutcomeMatchers, NameWhatDiffersOfAFailure) {
    Sent const sent(lost_answer());
    EXPECT_EQ(explain(FailedWith(ErrorCategory::connection_lost, Delivery::unknown), sent), "");
    EXPECT_EQ(
        explain(FailedWith(ErrorCategory::timeout, Delivery::unknown), sent),
        "whose category is connection_lost and not timeout"
    );
    EXPECT_EQ(
        explain(FailedWith(ErrorCategory::connection_lost, Delivery::not_sent), sent),
        "whose delivery is unknown and not not_sent"
    );
    EXPECT_EQ(
        explain(FailedWith(ErrorCategory::timeout, Delivery::not_sent), sent),
        "whose category is connection_lost and not timeout, and whose delivery is unknown and not "
        "not_sent"
    );
    EXPECT_EQ(explain(FailedWith(ErrorCategory::timeout), accepted()), "which is no failure");
}

TEST(OutcomeMatchers, TellApprovedFromDenied) {
    auto const approved = answered(VerificationOutcome::approved);
    auto const wrong = answered(VerificationOutcome::wrong_code);
    EXPECT_THAT(approved, AllOf(WasApproved(), Not(WasDenied())));
    EXPECT_THAT(wrong, AllOf(WasDenied(), Not(WasApproved())));
    EXPECT_THAT(wrong, WasDenied(VerificationOutcome::wrong_code));
    EXPECT_THAT(wrong, Not(WasDenied(VerificationOutcome::expired)));
    EXPECT_THROW((void)WasDenied(VerificationOutcome::approved), std::invalid_argument);
}

TEST(OutcomeMatchers, AFailedCheckIsNeitherApprovedNorDenied) {
    Checked const failed(lost_answer());
    EXPECT_THAT(failed, AllOf(Not(WasApproved()), Not(WasDenied())));
    EXPECT_THAT(failed, Not(WasDenied(VerificationOutcome::expired)));
    EXPECT_EQ(explain(WasDenied(), failed), "which is no answer of a vendor (FailedWith)");
}

TEST(OutcomeMatchers, AWrongCodeIsNoFailure) {
    auto const failed = FailedWith(ErrorCategory::invalid_request);
    EXPECT_THAT(
        explain(failed, answered(VerificationOutcome::wrong_code)), HasSubstr("(WasDenied)")
    );
    EXPECT_EQ(explain(failed, answered(VerificationOutcome::approved)), "which is no failure");
}

TEST(OutcomeMatchers, SayWhatTheyExpect) {
    auto const receipt = Field("request_id", &SendReceipt::request_id, "r");
    auto const lost = FailedWith(ErrorCategory::connection_lost, Delivery::unknown);
    EXPECT_EQ(DescribeMatcher<Sent>(IsAccepted()), "accepted by a vendor");
    EXPECT_EQ(DescribeMatcher<Sent>(IsAccepted(), true), "not accepted by a vendor");
    EXPECT_THAT(
        DescribeMatcher<Sent>(IsAccepted(receipt)),
        MatchesRegex("accepted by a vendor, and the receipt is an object.*is equal to \"r\"")
    );
    EXPECT_THAT(
        DescribeMatcher<Sent>(IsAccepted(receipt), true),
        MatchesRegex("not accepted by a vendor, or the receipt is an object.*isn't equal to \"r\"")
    );
    EXPECT_EQ(DescribeMatcher<Sent>(lost), "failed with connection_lost, unknown");
    EXPECT_EQ(DescribeMatcher<Sent>(lost, true), "not failed with connection_lost, unknown");
    EXPECT_EQ(DescribeMatcher<Sent>(FailedWith(ErrorCategory::timeout)), "failed with timeout");
    EXPECT_EQ(DescribeMatcher<Checked>(WasApproved()), "answered with approved");
    EXPECT_EQ(DescribeMatcher<Checked>(WasDenied()), "answered with any outcome but approved");
    EXPECT_EQ(
        DescribeMatcher<Checked>(WasDenied(VerificationOutcome::expired), true),
        "not answered with expired"
    );
}

TEST(OutcomeMatchers, AFailedTestTellsAll) {
    static Sent const sent(lost_answer());
    EXPECT_NONFATAL_FAILURE(
        EXPECT_THAT(sent, IsAccepted()),
        "Value of: sent\n"
        "Expected: accepted by a vendor\n"
        "  Actual: failed: connection_lost, unknown (a code may be on its way)\n"
        "            error: main (stytch): connection_lost, unknown: the server closed\n"
        "            stop: may_have_been_sent, a further attempt might send a second code\n"
        "            handle: a handle of main (stytch), sms\n"
        "            attempt 1: main (stytch): connection_lost, unknown, while waiting, 9 ms, then "
        "finish (may_have_been_sent)"
    );
}

TEST(OutcomePrinting, SaysWhatAFailureMeans) {
    Error refused(ErrorCategory::invalid_recipient, "bad number");
    EXPECT_THAT(PrintToString(Sent(refused)), HasSubstr("not_sent (no code was sent)"));
    EXPECT_THAT(PrintToString(Sent(refused)), HasSubstr("attempts: none"));
    EXPECT_THAT(PrintToString(Checked(refused)), HasSubstr("not_sent (the check was not counted)"));
    refused.delivery = Delivery::unknown;
    EXPECT_THAT(
        PrintToString(Checked(refused)), HasSubstr("unknown (the check may have been counted)")
    );
}

TEST(OutcomePrinting, TellsOfAReceiptAllButItsSecrets) {
    auto sent = accepted();
    sent->may_have_sent_more = true;
    sent->warnings.emplace_back("the clock differs");
    sent->expires_at.emplace(std::chrono::milliseconds(1767225600000));
    EXPECT_EQ(
        PrintToString(sent),
        "accepted by main (stytch), sms, expires at 2026-01-01T00:00:00.000Z, request id "
        "request-1, with a test code ***\n"
        "            attention: it may have sent a second code\n"
        "            warning: the clock differs\n"
        "            attempt 1: spare (stytch): connect_failed, unknown, 9 ms, then finish "
        "(succeeded)\n"
        "            attempt 2: main (stytch): accepted, 9 ms, then finish (succeeded)"
    );
    EXPECT_EQ(PrintToString(sent->handle), "a handle of main (stytch), sms");
    EXPECT_EQ(PrintToString(sent->test_code), "(***)");
}

TEST(OutcomePrinting, TellsOfACheckAllButItsSession) {
    auto checked = answered(VerificationOutcome::wrong_code);
    EXPECT_EQ(
        PrintToString(checked),
        "wrong_code, HTTP 404, the vendor's code otp_code_not_found, with a session"
    );
    checked->request_id = "request-2";
    EXPECT_THAT(PrintToString(checked), HasSubstr(", request id request-2, with a session"));
    EXPECT_EQ(PrintToString(*checked->session), "a session, token ***, JWT none");
}

TEST(OutcomePrinting, TellsOfAnAttemptWhatIsKnown) {
    auto attempt = attempt_at("stytch", ErrorCategory::rate_limited);
    attempt.http_status = 429;
    attempt.vendor_code = "too_many_requests";
    attempt.phase = ExchangePhase::done;
    attempt.waited_before = std::chrono::milliseconds(50);
    attempt.decision = Decision::retry;
    attempt.reason = DecisionReason::throttled;
    EXPECT_EQ(
        PrintToString(attempt),
        "stytch: rate_limited, unknown, HTTP 429, the vendor's code too_many_requests, 9 ms after "
        "a wait of 50 ms, then retry (throttled)"
    );
    attempt.decision = Decision::skip;
    attempt.reason = DecisionReason::isolated;
    EXPECT_EQ(PrintToString(attempt), "stytch: not asked, the instance was taken out of service");

    auto check = attempt_at("", std::nullopt);
    check.outcome = VerificationOutcome::expired;
    EXPECT_EQ(PrintToString(check), "stytch: expired, 9 ms, then finish (succeeded)");
    EXPECT_EQ(
        PrintToString(AppliedHint{"expires_in", "5", std::nullopt}), "expires_in 5, left out"
    );
    EXPECT_EQ(PrintToString(AppliedHint{"expires_in", "5", "10"}), "expires_in 5, used 10");
    EXPECT_EQ(PrintToString(FieldViolation{"/to", "is missing"}), "/to is missing");
}

}  // namespace
}  // namespace otp::test
