#include "contract/eko/eko_fixture.hpp"
#include "eko/eko_signature.hpp"
#include "eko/java_date.hpp"

// Where Eko's documents are ambiguous, contradict each other or surprise: one test for each.

namespace otp::eko::test {
namespace {

using Outcome = Verification::Outcome;

TEST(EkoTrap, Trap01_ServerErrorLeavesDeliveryUnknown) {
    for (auto const status : {500, 502, 503, 504}) {
        EXPECT_EQ(error_of(decode_send(status, "")).delivery, Delivery::unknown) << status;
    }
}

TEST(EkoTrap, Trap02_TestCodeAndTokenArePrintedNowhere) {
    auto const sent = decode_send(200, R"({"status":0,"data":{"otp":"134021"}})");
    ASSERT_TRUE(sent.has_value()) << sent.error();
    ASSERT_TRUE(sent->test_code.has_value());
    EXPECT_EQ(sent->test_code->reveal(), "134021");
    auto const checked = decode_verify(200, verified_example);
    ASSERT_TRUE(checked.has_value()) << checked.error();
    std::ostringstream printed;
    printed << *sent->test_code << checked->session->token;
    EXPECT_EQ(printed.str(), "******");
}

TEST(EkoTrap, Trap03_UnknownMembersAndNullsAreTolerated) {
    auto const sent = decode_send(
        200,
        R"({"status":0,"response_status_id":0,"response_type_id":null,"message":null,
            "dependent_params":[],"list_items":{},
            "data":{"tid":null,"otp_expiry_timestamp":null,"otp":null,"otp_ref_id":null,"x":1}})"
    );
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->request_id, "");
    EXPECT_FALSE(sent->expires_at.has_value());
    EXPECT_FALSE(sent->test_code.has_value());
}

TEST(EkoTrap, Trap04_ExpiryOnlyIfEkoSaysSo) {
    auto const sent = decode_send(200, R"({"status":0,"data":{"tid":"1"}})");
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_FALSE(sent->expires_at.has_value());
}

TEST(EkoTrap, Trap05_HandleHoldsMobileAndReferences) {
    auto const sent =
        decode_send(200, R"({"status":0,"data":{"otp_ref_id":"ref-1","client_ref_id":"other"}})");
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->handle.reference("mobile"), "9002336768");
    EXPECT_EQ(sent->handle.reference("client_ref_id"), "REQ-20260101-001");
    EXPECT_EQ(sent->handle.reference("otp_ref_id"), "ref-1");
    EXPECT_EQ(sent->handle.reference("initiator_id"), "");
}

TEST(EkoTrap, Trap06_NumberIsBareTenDigits) {
    EXPECT_EQ(send_body(send_to("+919002336768")).at("mobile").as_string(), "9002336768");
}

TEST(EkoTrap, Trap07_RetryAfterIsHonouredThoughUndocumented) {
    HttpResponse response = answer(429, "");
    response.headers = HttpHeaders{{"Retry-After", "12"}};
    auto const error = error_of(adapter()->decode_send(example(), response, context()));
    EXPECT_EQ(error.retry_after, std::chrono::seconds(12));
}

TEST(EkoTrap, Trap26_SuccessIsStatusZeroAndNotHttp200) {
    EXPECT_EQ(
        error_of(decode_send(200, R"({"status":1,"response_status_id":1,"message":"Failed"})"))
            .delivery,
        Delivery::not_sent
    );
    // -1 is a success of calls that move no money.
    EXPECT_TRUE(decode_send(200, R"({"status":0,"response_status_id":-1,"data":{}})").has_value());
    EXPECT_TRUE(decode_verify(
                    200,
                    R"({"status":0,"response_status_id":-1,"data":{"otp_verification_token":"t"}})"
    )
                    .has_value());
    for (auto const* const id : {"1", "-2"}) {
        auto const body =
            std::string(R"({"status":0,"response_status_id":)") + id + R"(,"data":{}})";
        // The two numbers contradict each other, so a code may have been sent.
        EXPECT_EQ(error_of(decode_send(200, body)).delivery, Delivery::unknown);
    }
}

TEST(EkoTrap, Trap27_ResponseTypeIdDecidesNothing) {
    auto const failed = decode_verify(200, not_verified_example);
    ASSERT_TRUE(failed.has_value()) << failed.error();
    EXPECT_EQ(failed->outcome, Outcome::rejected);
    auto const approved = decode_verify(
        200,
        R"({"status":0,"response_status_id":0,"response_type_id":1604,
            "data":{"otp_verification_token":"t"}})"
    );
    ASSERT_TRUE(approved.has_value()) << approved.error();
    EXPECT_EQ(approved->outcome, Outcome::approved);
}

TEST(EkoTrap, Trap28_WrongAndExpiredAreReadFromEitherNumber) {
    struct Case {
        std::string_view body;
        Outcome outcome;
        std::string_view code;
    };
    for (auto const& expected : {
             Case{R"({"status":302,"response_status_id":1})", Outcome::wrong_code, "302"},
             Case{R"({"status":1,"response_status_id":302})", Outcome::wrong_code, "302"},
             Case{R"({"status":0,"response_status_id":302})", Outcome::wrong_code, "302"},
             Case{R"({"status":303,"response_status_id":1})", Outcome::expired, "303"},
             Case{R"({"status":1,"response_status_id":303})", Outcome::expired, "303"},
             Case{R"({"status":"303"})", Outcome::expired, "303"},
             Case{R"({"status":1,"response_status_id":1})", Outcome::rejected, "1"},
         }) {
        auto const checked = decode_verify(200, expected.body);
        ASSERT_TRUE(checked.has_value()) << checked.error();
        EXPECT_EQ(checked->outcome, expected.outcome) << expected.body;
        EXPECT_EQ(checked->vendor_code, expected.code);
    }
}

TEST(EkoTrap, Trap29_NumbersMayBeTextAndDataMayBeMissing) {
    EXPECT_TRUE(decode_send(200, R"({"status":"0","response_status_id":"0"})").has_value());
    EXPECT_TRUE(decode_send(200, R"({"status":"0","data":null})").has_value());
    EXPECT_EQ(error_of(decode_send(200, R"({"status":"319","data":null})")).vendor_code, "319");
    EXPECT_FALSE(decode_send(200, R"({"status":"zero"})").has_value());
}

TEST(EkoTrap, Trap30_InvalidParamsAndInvalidParametersAreBothRead) {
    for (auto const* const name : {"invalid_params", "invalid_parameters"}) {
        auto const error = error_of(decode_send(
            200,
            R"({"status":461,"response_status_id":1,"response_type_id":-1,")" + std::string(name) +
                R"(":{"name":"Name too long","dob":"Must be over 18 years"}})"
        ));
        EXPECT_EQ(error.category, ErrorCategory::invalid_request);
        ASSERT_EQ(error.violations.size(), 2U) << name;
        EXPECT_EQ(error.violations[0].pointer, "/name");
        EXPECT_EQ(error.violations[0].message, "Name too long");
        EXPECT_EQ(error.violations[1].pointer, "/dob");
    }
}

TEST(EkoTrap, Trap30_UnlistedStatusWithInvalidParamsIsTheRequests) {
    auto const error = error_of(
        decode_send(200, R"({"status":88888,"invalid_params":{"a/b":5},"message":"Check"})")
    );
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(error.violations[0].pointer, "/a~1b");
}

TEST(EkoTrap, Trap31_HmacKeyIsTheBase64Text) {
    EXPECT_EQ(
        EkoSigner("test-access-key-123").sign("1700000000000").value(),
        "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo="
    );
}

TEST(EkoTrap, Trap31_EveryAttemptIsSignedAnew) {
    auto const first = adapter()->encode_send(example(), context()).value();
    auto later = context();
    later.now += std::chrono::milliseconds(1);
    auto const second = adapter()->encode_send(example(), later).value();
    EXPECT_EQ(header(first, "secret-key-timestamp"), "1700000000000");
    EXPECT_EQ(header(second, "secret-key-timestamp"), "1700000000001");
    EXPECT_NE(header(first, "secret-key"), header(second, "secret-key"));
    EXPECT_EQ(
        header(second, "secret-key"), EkoSigner("test-access-key-123").sign("1700000000001").value()
    );
}

TEST(EkoTrap, Trap32_RefusedSignatureIs401Or403) {
    for (auto const status : {401, 403}) {
        for (std::string_view const body :
             {"",
              R"({"status":1,"message":"Forbidden"})",
              R"({"status":1,"response_status_id":-1,"message":"Forbidden","data":null})"}) {
            auto const error = error_of(decode_send(status, body));
            EXPECT_EQ(error.category, ErrorCategory::unauthenticated);
            EXPECT_EQ(error.delivery, Delivery::not_sent);
            EXPECT_EQ(
                error_of(decode_verify(status, body)).category, ErrorCategory::unauthenticated
            );
        }
    }
    EXPECT_EQ(
        error_of(decode_send(200, R"({"status":1,"message":"Kindly use your production key"})"))
            .category,
        ErrorCategory::unauthenticated
    );
}

TEST(EkoTrap, Trap33_VerifyIsPutAndRepeatsTheSendsReference) {
    auto sent = decode_send(200, sent_example);
    ASSERT_TRUE(sent.has_value()) << sent.error();
    VerifyOtp check(std::move(sent->handle), OtpCode::parse("3643").value());
    EXPECT_EQ(adapter()->encode_verify(check, context()).value().method, HttpMethod::put);
    EXPECT_EQ(verify_body(check).at("client_ref_id").as_string(), "REQ-20260101-001");
    check.vendor_fields["eko"]["client_ref_id"] = "REQ-OTHER";
    EXPECT_EQ(verify_body(check).at("client_ref_id").as_string(), "REQ-OTHER");
}

TEST(EkoTrap, Trap34_ReferenceIsAtMostTwentyCharacters) {
    auto send = send_to();
    for (auto const& reference :
         {std::string(21, 'r'), std::string("a\nb"), std::string("caf\u00e9")}) {
        send.reference = reference;
        auto const mapped = std::string(send_body(send).at("client_ref_id").as_string());
        EXPECT_EQ(mapped.size(), 20U);
        EXPECT_EQ(mapped.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), mapped.npos);
        // The check needs the one that Eko knows.
        auto const sent = adapter()->decode_send(send, answer(200, sent_example), context());
        ASSERT_TRUE(sent.has_value()) << sent.error();
        EXPECT_EQ(sent->handle.reference("client_ref_id"), mapped);
    }
    for (auto const* const nothing : {"", "  "}) {
        send.reference = nothing;
        EXPECT_EQ(send_body(send).at("client_ref_id").as_string(), context().unique_reference);
    }
    send.reference = std::string(20, 'r');
    EXPECT_EQ(send_body(send).at("client_ref_id").as_string(), std::string(20, 'r'));
    EXPECT_EQ(send_body(send_to()).at("client_ref_id").as_string().size(), 20U);
}

TEST(EkoTrap, Trap34_EchoedReferenceMayBeAnother) {
    auto const sent = decode_send(200, sent_example);  // echoes 211101129871
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->handle.reference("client_ref_id"), "REQ-20260101-001");
}

TEST(EkoTrap, Trap35_ExpiryIsIndianTimeWithEnglishNames) {
    EXPECT_EQ(
        parse_java_date("Fri May 22 16:04:04 IST 2026"),
        std::chrono::sys_seconds(std::chrono::seconds(1779446044))
    );
    auto const sent = decode_send(
        200, R"({"status":0,"data":{"otp_expiry_timestamp":"Fri May 22 16:04:04 XYZ 2026"}})"
    );
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_FALSE(sent->expires_at.has_value());
}

TEST(EkoTrap, Trap36_CodesOfAnyLengthAreSent) {
    for (auto const* const code : {"3643", "134021"}) {
        auto check = verify();
        check.code = OtpCode::parse(code).value();
        EXPECT_EQ(verify_body(check).at("otp").as_string(), code);
    }
}

TEST(EkoTrap, Trap37_EnvironmentsDifferInThePathToo) {
    auto config = instance();
    EXPECT_EQ(adapter(config)->base_url(), "https://staging.eko.in/ekoapi/v3");
    config.environment = "production";
    EXPECT_EQ(adapter(config)->base_url(), "https://api.eko.in/ekoicici/v3");
}

TEST(EkoTrap, Trap38_OlderFormOfTheServiceWorks) {
    auto send = example();
    send.vendor_fields["eko"] = {{"user_code", "20810200"}, {"intent_id", "1"}};
    EXPECT_EQ(send_body(send).at("user_code").as_string(), "20810200");
    EXPECT_EQ(send_body(send).at("intent_id").as_string(), "1");

    auto sent = decode_send(
        200,
        R"({"status":0,"response_status_id":0,"response_type_id":1600,
            "data":{"user_code":"20810200","otp_ref_id":"ref-1","client_ref_id":"x"}})"
    );
    ASSERT_TRUE(sent.has_value()) << sent.error();
    VerifyOtp check(std::move(sent->handle), OtpCode::parse("3643").value());
    EXPECT_EQ(verify_body(check).at("otp_ref_id").as_string(), "ref-1");
}

}  // namespace
}  // namespace otp::eko::test
