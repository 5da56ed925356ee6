#include "contract/stytch/stytch_fixture.hpp"

// https://stytch.com/docs/api/authenticate-otp

namespace otp::stytch::test {
namespace {

using Outcome = Verification::Outcome;

TEST(StytchVerify, SendsMethodIdAndCode) {
    auto const request = adapter()->encode_verify(verify(), context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/v1/otps/authenticate");
    EXPECT_EQ(request.route, "/v1/otps/authenticate");
    EXPECT_EQ(request.content_type, "application/json");
    ASSERT_EQ(request.headers.size(), 1U);
    EXPECT_EQ(request.headers[0].name, "Authorization");
    EXPECT_EQ(
        request.body,
        R"({"method_id":"phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0","code":"000000"})"
    );
}

TEST(StytchVerify, SendsEveryField) {
    auto check = verify();
    check.client.ip_address = "203.0.113.7";
    check.client.user_agent = "Mozilla/5.0";
    check.vendor_fields["stytch"] = {
        {"session_token", "fake-session-token"},
        {"session_jwt", "fake.session.jwt"},
        {"session_duration_minutes", "60"},
        {"session_custom_claims", R"({"claim": {"deep": [1, null]}})"},
        {"telemetry_id", "fake-telemetry-id"},
        {"ip_match_required", "true"},
        {"user_agent_match_required", "false"},
    };
    EXPECT_EQ(verify_body(check), parse(R"({
        "method_id": "phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0",
        "code": "000000",
        "attributes": {"ip_address": "203.0.113.7", "user_agent": "Mozilla/5.0"},
        "options": {"ip_match_required": true, "user_agent_match_required": false},
        "session_token": "fake-session-token",
        "session_duration_minutes": 60,
        "session_jwt": "fake.session.jwt",
        "session_custom_claims": {"claim": {"deep": [1, null]}},
        "telemetry_id": "fake-telemetry-id"
    })"));
}

TEST(StytchVerify, SessionDurationLimits) {
    for (auto const minutes : {5, 527040}) {
        auto check = verify();
        check.vendor_fields["stytch"]["session_duration_minutes"] = std::to_string(minutes);
        EXPECT_EQ(verify_body(check).at("session_duration_minutes").as_int64(), minutes);
    }
}

TEST(StytchVerify, TakesTheHandleOfASend) {
    auto sent = adapter()->decode_send(sms(), answer(200, sms_accepted), context());
    ASSERT_TRUE(sent.has_value()) << sent.error();
    VerifyOtp const check(std::move(sent->handle), OtpCode::parse("000000").value());
    EXPECT_EQ(verify_body(check).at("method_id").as_string(), phone_id);
}

TEST(StytchVerifyAnswer, ApprovedWithoutSession) {
    auto const checked = adapter()->decode_verify(verify(), answer(200, authenticated), context());
    ASSERT_TRUE(checked.has_value()) << checked.error();
    EXPECT_EQ(checked->outcome, Outcome::approved);
    EXPECT_FALSE(checked->session.has_value());
    EXPECT_EQ(checked->request_id, request_id);
    EXPECT_EQ(checked->user_id, user_id);
    EXPECT_EQ(checked->http_status, 200);
}

TEST(StytchVerifyAnswer, ApprovedWithSession) {
    auto const checked = adapter()->decode_verify(
        verify("p"),
        answer(200, R"({"status_code": 200, "request_id": "r", "user_id": "u", "method_id": "p",
                        "session_token": "fake-token", "session_jwt": "fake.jwt",
                        "session": {"session_id": "s"}})"),
        context()
    );
    ASSERT_TRUE(checked.has_value()) << checked.error();
    ASSERT_TRUE(checked->session.has_value());
    EXPECT_EQ(checked->session->token.reveal(), "fake-token");
    EXPECT_EQ(checked->session->jwt.reveal(), "fake.jwt");
}

TEST(StytchVerifyAnswer, WrongExpiredAndLocked) {
    struct Case {
        int status;
        std::string_view error_type;
        Outcome outcome;
    };
    for (auto const& expected : {
             Case{404, "otp_code_not_found", Outcome::wrong_code},
             Case{401, "unable_to_auth_otp_code", Outcome::expired},
             Case{429, "user_lock_limit_reached", Outcome::too_many_attempts},
         }) {
        auto const checked = adapter()->decode_verify(
            verify(), error_answer(expected.status, expected.error_type), context()
        );
        ASSERT_TRUE(checked.has_value()) << checked.error();
        EXPECT_EQ(checked->outcome, expected.outcome);
        EXPECT_FALSE(checked->approved());
        EXPECT_FALSE(checked->session.has_value());
        EXPECT_EQ(checked->vendor_code, expected.error_type);
        EXPECT_EQ(checked->request_id, request_id);
        EXPECT_EQ(checked->http_status, expected.status);
    }
}

TEST(StytchVerifyAnswer, OutcomesCountOnlyInARefusal) {
    using Row = std::pair<int, ErrorCategory>;
    for (auto const& [status, category] :
         {Row{200, ErrorCategory::provider_error},
          Row{302, ErrorCategory::bad_response},
          Row{500, ErrorCategory::provider_error},
          Row{502, ErrorCategory::provider_error}}) {
        auto const error = error_of(adapter()->decode_verify(
            verify(), error_answer(status, "otp_code_not_found"), context()
        ));
        EXPECT_EQ(error.category, category) << error;
    }
}

struct HostileCase {
    std::string_view name;
    int status;
    std::string_view body;
};

class StytchHostileVerify : public testing::TestWithParam<HostileCase> {};

TEST_P(StytchHostileVerify, NeverApproves) {
    auto const& hostile = GetParam();
    auto const error = error_of(
        adapter()->decode_verify(verify("p"), answer(hostile.status, hostile.body), context())
    );
    EXPECT_EQ(error.delivery, Delivery::unknown) << error;
    EXPECT_EQ(error.http_status, hostile.status);
}

constexpr HostileCase hostile_answers[] = {
    {"empty", 200, ""},
    {"empty_object", 200, "{}"},
    {"html", 200, "<html>OK</html>"},
    {"html_502", 502, "<html>Bad Gateway</html>"},
    {"truncated", 200, R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p")"},
    {"a_sends_answer", 200, R"({"status_code":200,"request_id":"r","user_id":"u","phone_id":"p"})"},
    {"another_method",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"q"})"},
    {"methods_other_spelling",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","methodId":"q"})"},
    {"methods_below",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","data":{"method_id":"q"}})"},
    {"users_other_spelling",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","User_Id":"v","method_id":"p"})"},
    {"users_below",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","x":[{"userId":"v"}]})"},
    {"another_phone_id",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","phone_id":"q"})"},
    {"another_email_id_below",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","x":{"emailId":"q"}})"},
    {"users_of_the_user",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","user":{"USER_ID":"v"}})"},
    {"id_of_the_user",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","user":{"id":"v"}})"},
    {"users_of_the_session",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","session_user_id":"v"})"},
    {"undocumented_no",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","granted":false})"},
    {"undocumented_word",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","decision":"deny"})"},
    {"undocumented_message",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","note":"x"})"},
    {"null_method", 200, R"({"status_code":200,"request_id":"r","user_id":"u","method_id":null})"},
    {"no_user", 200, R"({"status_code":200,"request_id":"r","method_id":"p"})"},
    {"null_user", 200, R"({"status_code":200,"request_id":"r","user_id":null,"method_id":"p"})"},
    {"number_user", 200, R"({"status_code":200,"request_id":"r","user_id":1,"method_id":"p"})"},
    {"no_request_id", 200, R"({"status_code":200,"user_id":"u","method_id":"p"})"},
    {"other_status", 200, R"({"status_code":401,"request_id":"r","user_id":"u","method_id":"p"})"},
    {"null_status", 200, R"({"status_code":null,"request_id":"r","user_id":"u","method_id":"p"})"},
    {"duplicate",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","user_id":"v"})"},
    {"number_session",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","session_token":1})"},
    {"error_inside",
     200,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p","error":"denied"})"},
    {"created", 201, R"({"status_code":201,"request_id":"r","user_id":"u","method_id":"p"})"},
    {"server_error_with_success",
     500,
     R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p"})"},
};

INSTANTIATE_TEST_SUITE_P(
    All,
    StytchHostileVerify,
    testing::ValuesIn(hostile_answers),
    [](auto const& tested) { return std::string(tested.param.name); }
);

TEST(StytchVerifyAnswer, SuccessfulLookingRefusalIsNone) {
    auto const error = error_of(adapter()->decode_verify(
        verify("p"),
        answer(400, R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p"})"),
        context()
    ));
    // Stytch's refusals have an error_type.
    EXPECT_EQ(error.category, ErrorCategory::bad_response);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
}

TEST(StytchVerifyAnswer, WhatStytchMayAddOneDayIsTolerated) {
    auto const checked = adapter()->decode_verify(
        verify("p"),
        answer(200, R"({"status_code":200,"request_id":"r","user_id":"u","method_id":"p",
                        "phone_id":"p","reset_sessions":false,"added":{"text":"x","list":[1,true]},
                        "user":{"locked":false,"note":"x"},"user_device":{"known":false}})"),
        context()
    );
    ASSERT_TRUE(checked.has_value()) << checked.error();
    EXPECT_TRUE(checked->approved());
}

TEST(StytchVerifyAnswer, AnIdIsKeptExactlyOrTheAnswerRefused) {
    std::string const long_id(255, 'u');
    auto const decode = [](std::string const& id) {
        auto const body =
            R"({"status_code":200,"request_id":"r","method_id":"p","user_id":")" + id + "\"}";
        return adapter()->decode_verify(verify("p"), answer(200, body), context());
    };
    EXPECT_EQ(decode(long_id).value().user_id, long_id);
    for (auto const& id :
         {std::string("us\xC3\xA9r"),
          std::string("us\xC3\xA8r"),
          long_id + 'u',
          std::string("u u"),
          std::string("u\\u0000"),
          std::string()}) {
        auto const error = error_of(decode(id));
        EXPECT_EQ(error.category, ErrorCategory::bad_response);
        EXPECT_EQ(error.delivery, Delivery::unknown);
    }
}

TEST(StytchVerifyAnswer, AnotherUsersProfileOrSessionIsNone) {
    auto const decode = [](std::string_view member) {
        auto const body = R"({"status_code":200,"request_id":"r","method_id":"p","user_id":"u",)" +
                          std::string(member) + '}';
        return adapter()->decode_verify(verify("p"), answer(200, body), context());
    };
    EXPECT_TRUE(decode(R"("user":{"user_id":"u"},"session":null)").has_value());
    EXPECT_TRUE(decode(R"("user":{"status":"active","emails":[{"verified":false}]})").has_value());
    EXPECT_TRUE(decode(R"("user":{"trusted_metadata":{"error":"of the application"}})").has_value()
    );
    for (std::string_view const member :
         {R"("user":{"user_id":"v"})",
          R"("user":"v")",
          R"("user":[{"user_id":"v"}])",
          R"("user":7)",
          R"("session":"v")",
          R"("session":[{"user_id":"v"}])",
          R"("user":{"user_id":null})",
          R"("session":{"user_id":"v"})",
          R"("user":{"error":"failed"})",
          R"("data":{"errors":["failed"]})",
          R"("Error":"failed")",
          R"("verified":false)",
          R"("Status_Code":400)"}) {
        auto const error = error_of(decode(member));
        EXPECT_EQ(error.category, ErrorCategory::bad_response) << member;
        EXPECT_EQ(error.delivery, Delivery::unknown) << member;
    }
}

}  // namespace
}  // namespace otp::stytch::test
