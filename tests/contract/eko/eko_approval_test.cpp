#include "contract/eko/eko_fixture.hpp"
#include "eko/eko_success.hpp"

// Whom an answer names, and what speaks against it (https://eps.eko.in/docs/mobile-otp-verify,
// https://eps.eko.in/docs/error-codes).

namespace otp::eko::test {
namespace {

using Outcome = Verification::Outcome;

std::string verified(std::string_view data, std::string_view members = {}) {
    return R"({"status":0,"response_status_id":0,"data":{"otp_verification_token":"t")" +
           std::string(data) + '}' + std::string(members) + '}';
}

std::string sent(std::string_view data, std::string_view members = {}) {
    return R"({"status":0,"response_status_id":0,"data":{"tid":"1")" + std::string(data) + '}' +
           std::string(members) + '}';
}

template <class T>
void expect_doubt(Result<T> const& result, std::string_view input) {
    auto const error = error_of(result);
    EXPECT_EQ(error.category, ErrorCategory::bad_response) << input;
    EXPECT_EQ(error.delivery, Delivery::unknown) << input;
}

TEST(EkoApproval, IsOfThePersonInTheHandle) {
    for (std::string_view const data :
         {R"(,"mobile":"9002336768")",
          R"(,"mobile":9002336768)",
          R"(,"mobile":"+919002336768")",
          R"(,"mobile":"919002336768")",
          R"(,"mobile":null,"client_ref_id":null)",
          R"(,"mobile":"+91 9002336768")",
          R"(,"mobile":"+91-90023-36768")",
          R"(,"mobile":"XXXXXX6768")",
          R"(,"mobile_verified":true,"mobile_country_code":"91")",
          R"(,"mobile_verified_on":"2026-11-26","phone_verified_at":1764184770)",
          R"(,"phone":"+919002336768","msisdn":919002336768,"customer_id":"9002336768")",
          R"(,"customer_id":"1234567")",
          R"(,"added_one_day":{"text":"x","list":[1,true,null]})",
          R"(,"client_ref_id":"REQ-20260101-001")"}) {
        auto const checked = decode_verify(200, verified(data));
        ASSERT_TRUE(checked.has_value()) << data << checked.error();
        EXPECT_TRUE(checked->approved());
    }
}

TEST(EkoApproval, IsNotOfAnybodyElse) {
    for (std::string_view const data :
         {R"(,"mobile":"9002336769")",
          R"(,"mobile":"19002336768")",
          R"(,"mobile":"+449002336768")",
          R"(,"mobile":"")",
          R"(,"mobile":["9002336768"])",
          R"(,"customer_mobile":"9002336769")",
          R"(,"mobileNo":9002336769)",
          R"(,"mobile":"XXXXXX6769")",
          R"(,"verified_mobile":"9002336769")",
          R"(,"registered_mobile":["9002336769"])",
          R"(,"phone_no":"90023-36769")",
          R"(,"contact_number":"9002336769")",
          R"(,"client_reference_id":"REQ-20260101-002")",
          R"(,"phone":"9002336769")",
          R"(,"phone_number":"+919002336769")",
          R"(,"msisdn":"919002336769")",
          R"(,"customer_id":"9002336769")",
          R"(,"customer_id":9002336769)",
          R"(,"client_ref_id":"REQ-20260101-002")",
          R"(,"client_ref_id":"")",
          R"(,"client_ref_id":{})"}) {
        expect_doubt(decode_verify(200, verified(data)), data);
    }
    expect_doubt(decode_verify(200, verified("", R"(,"mobile":"9002336769")")), "beside data");
    // The right one in one place does not excuse another in the other.
    expect_doubt(
        decode_verify(200, verified(R"(,"mobile":"9002336768")", R"(,"mobile":"9002336769")")),
        "two people"
    );
    expect_doubt(
        decode_verify(200, verified(R"(,"mobile":null)", R"(,"mobile":"9002336769")")), "null"
    );
}

TEST(EkoApproval, NeedsATokenAndAMessageOfSuccess) {
    auto const decode = [](std::string_view token, std::string_view message) {
        return decode_verify(
            200,
            R"({"status":0,"response_status_id":0,"data":{"otp_verification_token":")" +
                std::string(token) + R"("},"message":")" + std::string(message) + "\"}"
        );
    };
    EXPECT_TRUE(decode("e.y.J", "OTP verification successful.").has_value());
    EXPECT_TRUE(decode("e.y.J", "Otp Verified").has_value());
    EXPECT_TRUE(decode("e.y.J", "").has_value());
    for (std::string_view const token : {" ", "null", "NULL", "false", "failed", "N/A", "none"}) {
        expect_doubt(decode(token, ""), token);
    }
    for (std::string_view const message :
         {"OTP doesn\xE2\x80\x99t match",
          "OTP no longer valid",
          "OTP not yet verified",
          "OTP verification not done",
          "OTP verification un-successful",
          "Otp not verfied",
          "Please enter correct OTP",
          "OTP attempts over",
          "OTP galat hai"}) {
        expect_doubt(decode("e.y.J", message), message);
    }
}

TEST(EkoApproval, ReferencesOfTheRequestAreComparedIfThereAreSome) {
    auto check = verify();
    check.handle.set_reference("otp_ref_id", "ref-1");
    auto const decode = [&check](std::string_view data) {
        return adapter()->decode_verify(check, answer(200, verified(data)), context());
    };
    EXPECT_TRUE(decode(R"(,"otp_ref_id":"ref-1")").has_value());
    expect_doubt(decode(R"(,"otp_ref_id":"ref-2")"), "otp_ref_id");
    check.vendor_fields["eko"]["client_ref_id"] = "REQ-2";
    EXPECT_TRUE(decode(R"(,"client_ref_id":"REQ-2")").has_value());
    expect_doubt(decode(R"(,"client_ref_id":"REQ-20260101-001")"), "overridden");
    VerificationHandle handle("india", "eko", Channel::sms);
    handle.set_reference("mobile", "9002336768");
    VerifyOtp const without(std::move(handle), OtpCode::parse("3643").value());
    EXPECT_TRUE(
        adapter()
            ->decode_verify(without, answer(200, verified(R"(,"client_ref_id":"x")")), context())
            .has_value()
    );
}

TEST(EkoApproval, ASendForAnotherMobileIsUnknown) {
    EXPECT_TRUE(decode_send(200, sent(R"(,"mobile":"9002336768")")).has_value());
    expect_doubt(decode_send(200, sent(R"(,"mobile":"9002336769")")), "mobile");
    // The page's own example echoes another one.
    EXPECT_TRUE(decode_send(200, sent(R"(,"client_ref_id":"211101129871")")).has_value());
}

TEST(EkoApproval, HasADocumentedStatusIdOnly) {
    for (auto const* const id : {"0", "-1", "\"0\""}) {
        auto const body = std::string(R"({"status":0,"response_status_id":)") + id +
                          R"(,"data":{"otp_verification_token":"t"}})";
        EXPECT_TRUE(decode_verify(200, body).has_value()) << id;
    }
    for (auto const* const id : {"2", "3", "5", "-3", "999", "1623"}) {
        auto const body = std::string(R"({"status":0,"response_status_id":)") + id +
                          R"(,"data":{"otp_verification_token":"t"}})";
        expect_doubt(decode_verify(200, body), id);
        expect_doubt(decode_send(200, body), id);
        auto const failed = std::string(R"({"status":0,"message":"OTP verification failed.",)") +
                            R"("response_status_id":)" + id +
                            R"(,"data":{"otp_verification_token":"t"}})";
        EXPECT_EQ(decode_verify(200, failed).value().outcome, Outcome::rejected) << id;
    }
}

TEST(EkoApproval, HasNothingThatSpeaksAgainstIt) {
    for (std::string_view const members :
         {R"(,"invalid_params":{"otp":"is wrong"})",
          R"(,"invalid_params":{})",
          R"(,"invalid_parameters":{"otp":"is wrong"})",
          R"(,"Invalid_Params":["otp"])",
          R"(,"error":"failed")",
          R"(,"errors":["failed"])",
          R"(,"detail":"failed")",
          R"(,"success":false)",
          R"(,"response_type_id":-1)",
          R"(,"response_type_id":1634)",
          R"(,"message":"OTP verification failed.")",
          R"(,"message":"The OTP verification token has timed out.")",
          R"(,"Mobile":"9002336769")",
          R"(,"result":{"mobile":"9002336769"})",
          R"(,"list_items":[{"mobile":"9002336769"}])",
          R"(,"customer_mobile":9002336769)",
          R"(,"message":"Wrong OTP")",
          R"(,"x":{"y":[{"verified":"no"}]})"}) {
        expect_doubt(decode_verify(200, verified("", members)), members);
        expect_doubt(decode_send(200, sent("", members)), members);
    }
    expect_doubt(decode_verify(200, verified(R"(,"status":1)")), "data.status");
}

TEST(EkoApproval, HasTheTypeOfAVerifiedCodeIfAny) {
    for (std::string_view const type : {"1632", "1604", "null", R"("1632")"}) {
        auto const members = R"(,"response_type_id":)" + std::string(type);
        EXPECT_TRUE(decode_verify(200, verified("", members)).has_value()) << members;
    }
    for (std::string_view const type : {"1623", "1633", "999", R"("abc")", "{}", "true"}) {
        auto const members = R"(,"response_type_id":)" + std::string(type);
        expect_doubt(decode_verify(200, verified("", members)), members);
    }
}

TEST(EkoApproval, ARefusalWhoseNumbersSayThatItIsUnderWayProvesNothing) {
    for (std::string_view const members :
         {R"("response_status_id":2)", R"("response_status_id":5)", R"("data":{"otp":"134021"})"}) {
        auto const error =
            error_of(decode_send(200, R"({"status":1,)" + std::string(members) + '}'));
        EXPECT_EQ(error.delivery, Delivery::unknown) << members;
    }
    EXPECT_EQ(
        error_of(decode_send(200, R"({"status":1,"response_status_id":1})")).delivery,
        Delivery::not_sent
    );
}

TEST(EkoApproval, AnAnswerThatContradictsItselfIsNotExplainedByItsGoodNews) {
    auto const error = error_of(decode_verify(
        200,
        R"({"status":0,"response_status_id":999,"message":"OTP verification successful.",
            "data":{"otp_verification_token":"t"}})"
    ));
    EXPECT_EQ(error.message.find("successful"), error.message.npos) << error.message;
    EXPECT_NE(error.message.find("response_status_id"), error.message.npos) << error.message;
}

TEST(EkoApproval, IsAnsweredWith200Only) {
    for (auto const status : {201, 202, 206, 299}) {
        expect_doubt(decode_send(status, sent_example), std::to_string(status));
        expect_doubt(decode_verify(status, verified_example), std::to_string(status));
        // A refusal is documented with 200, too.
        expect_doubt(decode_verify(status, not_verified_example), std::to_string(status));
    }
}

TEST(EkoTestCode, OfProductionIsDroppedWithAWarning) {
    auto production = instance();
    production.environment = "production";
    auto by_host = instance();
    by_host.base_url = "https://API.eko.in:25002/ekoicici/v1";
    for (auto const* const config : {&production, &by_host}) {
        auto const receipt = adapter(*config)->decode_send(
            example(), answer(200, sent(R"(,"otp":"134021")")), context()
        );
        ASSERT_TRUE(receipt.has_value()) << receipt.error();
        EXPECT_FALSE(receipt->test_code.has_value());
        ASSERT_EQ(receipt->warnings.size(), 1U);
        EXPECT_EQ(receipt->warnings.front().find("134021"), std::string::npos);
    }
    auto const sandbox = decode_send(200, sent(R"(,"otp":"134021")"));
    ASSERT_TRUE(sandbox->test_code.has_value());
    EXPECT_TRUE(sandbox->warnings.empty());
}

TEST(EkoHandle, IsTheReceiptsBeforeTheAnswerButForEkosOwnReference) {
    auto with_initiator = example();
    with_initiator.vendor_fields["eko"]["initiator_id"] = "1234567891";
    for (auto const& send : {example(), send_to(), with_initiator}) {
        auto early = adapter()->handle_before_answer(send, context());
        ASSERT_TRUE(early);
        auto const receipt =
            adapter()
                ->decode_send(send, answer(200, sent(R"(,"otp_ref_id":"ref-1")")), context())
                .value();
        EXPECT_EQ(early->reference("otp_ref_id"), "");
        early->set_reference("otp_ref_id", "ref-1");
        EXPECT_EQ(early->to_json(), receipt.handle.to_json());
    }
    EXPECT_FALSE(adapter()->handle_before_answer(send_to("+12025550162"), context()));
}

TEST(EkoHandle, HasTheReferenceThatIsSent) {
    for (std::string const reference :
         {"123e4567-e89b-12d3-a456-426614174000", " ", "order-1", "Bestellung 17 \xC3\xBC"}) {
        auto send = send_to();
        send.reference = reference;
        auto const early = adapter()->handle_before_answer(send, context());
        ASSERT_TRUE(early) << reference;
        auto const body = parse(adapter()->encode_send(send, context()).value().body);
        EXPECT_EQ(
            early->reference("client_ref_id"),
            std::string_view(body.at("client_ref_id").get_string())
        ) << reference;
        VerifyOtp const check(*early, OtpCode::parse("481592").value());
        EXPECT_TRUE(adapter()->encode_verify(check, context()).has_value()) << reference;
    }
}

}  // namespace
}  // namespace otp::eko::test
