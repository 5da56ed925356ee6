#include "contract/eko/eko_fixture.hpp"

// https://eps.eko.in/docs/mobile-otp-verify

namespace otp::eko::test {
namespace {

using Outcome = Verification::Outcome;

TEST(EkoVerify, SendsEveryDocumentedField) {
    auto const request = adapter()->encode_verify(verify(), context()).value();
    EXPECT_EQ(request.target(), "/tools/kyc/mobile/otp/verify");
    EXPECT_EQ(request.route, "/tools/kyc/mobile/otp/verify");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(parse(request.body), parse(R"({
        "initiator_id": "9962981729",
        "otp": "3643",
        "mobile": "9002336768",
        "client_ref_id": "REQ-20260101-001"
    })"));
    EXPECT_EQ(request.headers.size(), 3U);
    EXPECT_EQ(header(request, "developer_key"), "not-a-real-developer-key");
    EXPECT_EQ(header(request, "secret-key"), "88lqTf9ew69XbVbeczjxVL8/B4vibfp1MvTi1mIj2Xo=");
    EXPECT_EQ(header(request, "secret-key-timestamp"), "1700000000000");
}

TEST(EkoVerify, FieldsOfTheRequestOverrideTheHandle) {
    auto check = verify();
    check.handle.set_reference("otp_ref_id", "ref-1");
    check.vendor_fields["eko"] = {
        {"initiator_id", "1234567891"},
        {"client_ref_id", "REQ-2"},
        {"otp_ref_id", "ref-2"},
        {"user_code", "20810200"},
    };
    EXPECT_EQ(verify_body(check), parse(R"({
        "initiator_id": "1234567891",
        "otp": "3643",
        "mobile": "9002336768",
        "client_ref_id": "REQ-2",
        "otp_ref_id": "ref-2",
        "user_code": "20810200"
    })"));
}

TEST(EkoVerifyAnswer, DocumentedSuccess) {
    auto const checked = decode_verify(200, verified_example);
    ASSERT_TRUE(checked.has_value()) << checked.error();
    EXPECT_EQ(checked->outcome, Outcome::approved);
    ASSERT_TRUE(checked->session.has_value());
    EXPECT_EQ(checked->session->token.reveal(), "fake.verification.token");
    EXPECT_TRUE(checked->session->jwt.empty());
    EXPECT_EQ(checked->request_id, "2886978474");
    EXPECT_EQ(checked->http_status, 200);
}

TEST(EkoVerifyAnswer, DocumentedFailure) {
    auto const checked = decode_verify(200, not_verified_example);
    ASSERT_TRUE(checked.has_value()) << checked.error();
    EXPECT_EQ(checked->outcome, Outcome::rejected);
    EXPECT_FALSE(checked->session.has_value());
    EXPECT_EQ(checked->vendor_code, "1");
    EXPECT_EQ(checked->http_status, 200);
}

TEST(EkoVerifyAnswer, FailureWithoutAKnownText) {
    auto const checked =
        decode_verify(200, R"({"status":1,"response_status_id":1,"message":"No.","data":null})");
    ASSERT_TRUE(checked.has_value()) << checked.error();
    EXPECT_EQ(checked->outcome, Outcome::rejected);
}

TEST(EkoVerifyAnswer, UnlistedFailureWithoutDisplayStatusIsTheVendors) {
    auto const error = error_of(decode_verify(200, R"({"status":99999,"message":"?"})"));
    EXPECT_EQ(error.category, ErrorCategory::provider_error);
    EXPECT_EQ(error.vendor_code, "99999");
}

TEST(EkoVerifyAnswer, MistakesOfTheRequestAreErrors) {
    auto const error = error_of(decode_verify(
        200,
        R"({"status":461,"response_status_id":1,"response_type_id":-1,
            "invalid_params":{"otp":"Please provide the value of the field"}})"
    ));
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    ASSERT_EQ(error.violations.size(), 1U);
    EXPECT_EQ(error.violations[0].pointer, "/otp");
}

struct HostileCase {
    std::string_view name;
    int status;
    std::string_view body;
};

class EkoHostileVerify : public testing::TestWithParam<HostileCase> {};

TEST_P(EkoHostileVerify, NeverApproves) {
    auto const& hostile = GetParam();
    auto const error = error_of(decode_verify(hostile.status, hostile.body));
    EXPECT_EQ(error.delivery, Delivery::unknown) << error;
    EXPECT_EQ(error.http_status, hostile.status);
}

constexpr HostileCase hostile_answers[] = {
    {"empty", 200, ""},
    {"empty_object", 200, "{}"},
    {"html_502", 502, "<html>Bad Gateway</html>"},
    {"a_sends_answer", 200, sent_example},
    {"no_data", 200, R"({"status":0,"response_status_id":0})"},
    {"no_token", 200, R"({"status":0,"response_status_id":0,"data":{}})"},
    {"null_token",
     200,
     R"({"status":0,"response_status_id":0,"data":{"otp_verification_token":null}})"},
    {"empty_token",
     200,
     R"({"status":0,"response_status_id":0,"data":{"otp_verification_token":""}})"},
    {"no_status", 200, R"({"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"null_status",
     200,
     R"({"status":null,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"bool_status",
     200,
     R"({"status":false,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"one_with_a_fraction_status",
     200,
     R"({"status":1.0,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"one_with_a_fraction_display_status",
     200,
     R"({"status":0,"response_status_id":1.0,"data":{"otp_verification_token":"t"}})"},
    {"zero_with_a_fraction_status",
     200,
     R"({"status":0.0,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"zero_with_a_fraction_display_status",
     200,
     R"({"status":0,"response_status_id":0.0,"data":{"otp_verification_token":"t"}})"},
    {"zero_with_an_exponent_status",
     200,
     R"({"status":0e0,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"zero_with_an_exponent_display_status",
     200,
     R"({"status":0,"response_status_id":0e0,"data":{"otp_verification_token":"t"}})"},
    {"two_to_the_63_status",
     200,
     R"({"status":9223372036854775808,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"two_to_the_63_display_status",
     200,
     R"({"status":0,"response_status_id":9223372036854775808,"data":{"otp_verification_token":"t"}})"},
    {"two_to_the_64_status",
     200,
     R"({"status":18446744073709551616,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"two_to_the_64_display_status",
     200,
     R"({"status":0,"response_status_id":18446744073709551616,"data":{"otp_verification_token":"t"}})"},
    {"duplicate_status",
     200,
     R"({"status":1,"status":0,"response_status_id":0,"data":{"otp_verification_token":"t"}})"},
    {"no_display_status", 200, R"({"status":0,"data":{"otp_verification_token":"t"}})"},
    {"null_display_status",
     200,
     R"({"status":0,"response_status_id":null,"data":{"otp_verification_token":"t"}})"},
    {"failed_display_status",
     200,
     R"({"status":0,"response_status_id":1,"data":{"otp_verification_token":"t"}})"},
    {"server_error", 500, verified_example},
    {"created", 201, verified_example},
    {"wrong_code_from_a_failing_server", 500, R"({"status":302,"response_status_id":1})"},
};

INSTANTIATE_TEST_SUITE_P(
    All,
    EkoHostileVerify,
    testing::ValuesIn(hostile_answers),
    [](auto const& tested) { return std::string(tested.param.name); }
);

// --- refused before anything is sent ---

Error refusal(VerifyOtp const& check) {
    return error_of(adapter()->encode_verify(check, context()));
}

TEST(EkoVerifyInput, HandleWithoutAUsableNumber) {
    for (auto const* const mobile :
         {"", "900233676", "90023367689", "+919002336768", "90023\r\n68"}) {
        auto check = verify();
        check.handle.set_reference("mobile", mobile);
        expect_refused(refusal(check), ErrorCategory::invalid_request, "/handle/references/mobile");
    }
}

TEST(EkoVerifyInput, BadReferences) {
    auto check = verify();
    check.vendor_fields["eko"]["client_ref_id"] = std::string(21, 'r');
    expect_refused(
        refusal(check), ErrorCategory::invalid_request, "/vendor_fields/eko/client_ref_id"
    );
    check = verify();
    check.handle.set_reference("otp_ref_id", "a\nb");
    expect_refused(refusal(check), ErrorCategory::invalid_request, "/handle/references/otp_ref_id");
}

TEST(EkoVerifyInput, UnknownVendorField) {
    auto check = verify();
    check.vendor_fields["eko"]["csp_id"] = "9002336768";
    expect_refused(refusal(check), ErrorCategory::invalid_request, "/vendor_fields/eko/csp_id");
}

TEST(EkoVerifyInput, MissingInitiator) {
    auto config = instance();
    config.options.erase("initiator_id");
    expect_refused(
        error_of(adapter(config)->encode_verify(verify(), context())),
        ErrorCategory::invalid_request,
        "/vendor_fields/eko/initiator_id"
    );
}

}  // namespace
}  // namespace otp::eko::test
