#include "delivery/decide/redact.hpp"

#include <otp/send_otp.hpp>

#include <gtest/gtest.h>
#include <string>

namespace otp::delivery {
namespace {

SendOtp send_request() {
    return SendOtp(Recipient(PhoneNumber::parse("+12025550162").value()));
}

VerifyOtp verify_request() {
    VerificationHandle handle("i", "v", Channel::sms);
    handle.set_reference("mobile", "9002336768");
    return {std::move(handle), OtpCode::parse("481592").value()};
}

TEST(Redact, MasksEveryTextOfAnError) {
    auto const send = send_request();
    std::string const echo = "of 12025550162.";
    Error error(ErrorCategory::invalid_request, echo);
    error.vendor_code = echo;
    error.request_id = echo;
    error.documentation_url = echo;
    error.violations = {{echo, echo}, {echo, echo}};
    redact(error, SentTexts(send));
    std::string const masked = "of ***.";
    EXPECT_EQ(error.message, masked);
    EXPECT_EQ(error.vendor_code, masked);
    EXPECT_EQ(error.request_id, masked);
    EXPECT_EQ(error.documentation_url, masked);
    for (auto const& violation : error.violations) {
        EXPECT_EQ(violation.pointer, masked);
        EXPECT_EQ(violation.message, masked);
    }
}

TEST(Redact, LeavesTheRestOfAnErrorAsItIs) {
    auto const send = send_request();
    Error error(ErrorCategory::connect_failed, "192.0.2.1:443 refused\n after 30000 ms");
    error.request_id = std::string(300, 'x');
    redact(error, SentTexts(send));
    EXPECT_EQ(error.message, "192.0.2.1:443 refused\n after 30000 ms");
    EXPECT_EQ(error.request_id, std::string(300, 'x'));
}

/// The limits that a refusal names may have digits in common with what was to be sent.
TEST(Redact, LeavesTheLimitsThatARefusalNames) {
    auto send = send_request();
    send.to.user_ids["v"] = "2147483648";
    send.vendor_fields["v"]["name"] = "integer";
    std::string const limits = "must be an integer from 1 to 2147483647";
    Error error(ErrorCategory::invalid_request, limits);
    error.violations = {{"/to/user_ids/v", limits}};
    redact_refusal(error, SentTexts(send));
    EXPECT_EQ(error.message, limits);
    EXPECT_EQ(error.violations.front().pointer, "/to/user_ids/v");
    EXPECT_EQ(error.violations.front().message, limits);
}

TEST(Redact, MasksWhatARefusalRepeatsAsItWasToBeSent) {
    auto const verify = verify_request();
    auto send = send_request();
    send.to.email = EmailAddress::parse("user@example.com").value();
    auto const refusal_of = [](SentTexts const& sent, std::string const& text) {
        Error error(ErrorCategory::invalid_request, text);
        error.violations = {{text, text}};
        redact_refusal(error, sent);
        EXPECT_EQ(error.violations.front().pointer, error.message);
        EXPECT_EQ(error.violations.front().message, error.message);
        return error.message;
    };
    SentTexts const of_send(send);
    EXPECT_EQ(refusal_of(of_send, "+12025550162 and 12025550162."), "+*** and ***.");
    EXPECT_EQ(refusal_of(of_send, "user@example.com"), "***");
    EXPECT_EQ(refusal_of(of_send, "2025550162 is a part"), "2025550162 is a part");
    EXPECT_EQ(refusal_of(of_send, "up to 120255501629"), "up to 120255501629");
    SentTexts const of_verify(verify);
    EXPECT_EQ(refusal_of(of_verify, "481592, 9002336768"), "***, ***");
    EXPECT_EQ(refusal_of(of_verify, "4815920 a481592"), "4815920 a481592");
}

TEST(Redact, MasksTheIdAndTheWarningsOfAReceipt) {
    auto const send = send_request();
    SendReceipt receipt(VerificationHandle("i", "v", Channel::sms));
    receipt.handle.set_reference("mobile", "2025550162");
    receipt.request_id = "id-2025550162";
    receipt.warnings = {"sent to 202-555-0162", "fine"};
    redact(receipt, SentTexts(send));
    EXPECT_EQ(receipt.request_id, "id-***");
    EXPECT_EQ(receipt.warnings, (std::vector<std::string>{"sent to ***", "fine"}));
    EXPECT_EQ(receipt.handle.reference("mobile"), "2025550162");
}

TEST(Redact, MasksTheIdAndTheCodeOfAVerification) {
    auto const verify = verify_request();
    Verification verification(Verification::Outcome::rejected);
    verification.request_id = "id-9002336768";
    verification.vendor_code = "bad_481592";
    verification.user_id = "9002336768";
    redact(verification, SentTexts(verify));
    EXPECT_EQ(verification.request_id, "id-***");
    EXPECT_EQ(verification.vendor_code, "bad_***");
    EXPECT_EQ(verification.user_id, "9002336768");
}

}  // namespace
}  // namespace otp::delivery
