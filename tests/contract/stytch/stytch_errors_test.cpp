#include "stytch/stytch_errors.hpp"

#include "contract/stytch/stytch_fixture.hpp"

#include <algorithm>
#include <iterator>

// https://stytch.com/docs/api/errors/400 and its siblings.

namespace otp::stytch::test {
namespace {

using enum ErrorCategory;
using Outcome = Verification::Outcome;

struct Row {
    std::string_view error_type;
    int status;
    ErrorCategory category;
    std::string_view pointer{};
    std::optional<Outcome> outcome{};
};

// What the documents say, written down a second time: a changed row of the adapter must fail here.
constexpr Row rows[] = {
    {"unauthorized_credentials", 401, unauthenticated},
    {"unauthorized_credentials_homepage", 401, unauthenticated},
    {"unable_to_auth_otp_code", 401, provider_error, "", Outcome::expired},
    {"attribute_mismatch", 401, blocked_by_fraud_guard},
    {"otp_code_not_found", 404, provider_error, "", Outcome::wrong_code},
    {"phone_number_not_found", 404, recipient_not_found, "/to/phone"},
    {"email_not_found", 404, recipient_not_found, "/to/email"},
    {"user_not_found", 404, recipient_not_found, "/to/user_ids/stytch"},
    {"session_not_found", 404, invalid_request, "/vendor_fields/stytch/session_token"},
    {"too_many_requests", 429, rate_limited},
    {"user_lock_limit_reached", 429, recipient_throttled, "", Outcome::too_many_attempts},
    {"captcha_failed", 429, blocked_by_fraud_guard},
    {"too_few_tokens_authenticated", 429, blocked_by_fraud_guard},
    {"captcha_required", 403, blocked_by_fraud_guard},
    {"use_https", 403, config_invalid},
    {"organization_suspended", 403, permission_denied},
    {"email_in_denylist", 403, destination_blocked, "/to/email"},
    {"email_not_in_allowlist", 403, destination_blocked, "/to/email"},
    {"invalid_phone_number", 400, invalid_recipient, "/to/phone"},
    {"invalid_phone_number_country_code", 400, destination_blocked, "/to/phone"},
    {"invalid_phone_number_sandbox", 400, invalid_recipient, "/to/phone"},
    {"invalid_phone_number_docs", 400, invalid_recipient, "/to/phone"},
    {"missing_sms_parameter", 400, invalid_request},
    {"invalid_expiration", 400, invalid_request, "/expires_in"},
    {"invalid_expiration_otp", 400, invalid_request, "/expires_in"},
    {"invalid_locale", 400, invalid_request, "/locale"},
    {"invalid_method_id", 400, invalid_request, "/handle/references/method_id"},
    {"invalid_code", 400, invalid_request, "/code"},
    {"invalid_ip_address", 400, invalid_request, "/client/ip_address"},
    {"invalid_user_agent", 400, invalid_request, "/client/user_agent"},
    {"unsubscribed_phone_number", 400, destination_blocked, "/to/phone"},
    {"downstream_carrier_error", 400, unavailable},
    {"billing_not_verified", 400, permission_denied},
    {"billing_not_verified_for_email", 400, permission_denied},
    {"country_code_allowlist_billing_not_verified", 400, destination_blocked},
    {"duplicate_phone_number", 400, recipient_conflict, "/to/phone"},
    {"too_many_unverified_factors", 400, recipient_throttled},
    {"inactive_email", 400, destination_blocked, "/to/email"},
    {"invalid_email", 400, invalid_recipient, "/to/email"},
    {"internal_server_error", 500, provider_error},
};

TEST(StytchErrorTable, EveryRowIsTested) {
    for (auto const& rule : error_rules()) {
        auto const same = [&](Row const& row) { return row.error_type == rule.code; };
        EXPECT_EQ(std::count_if(std::begin(rows), std::end(rows), same), 1) << rule.code;
    }
    EXPECT_EQ(error_rules().size(), std::size(rows));
}

class StytchErrorRow : public testing::TestWithParam<Row> {};

TEST_P(StytchErrorRow, OfASend) {
    auto const& row = GetParam();
    auto const error =
        error_of(adapter()->decode_send(sms(), error_answer(row.status, row.error_type), context())
        );
    EXPECT_EQ(error.category, row.category);
    EXPECT_EQ(error.delivery, row.status < 500 ? Delivery::not_sent : Delivery::unknown);
    EXPECT_EQ(error.vendor_code, row.error_type);
    EXPECT_EQ(error.message, "As documented.");
    EXPECT_EQ(error.request_id, request_id);
    EXPECT_EQ(error.http_status, row.status);
    EXPECT_EQ(
        error.documentation_url, "https://stytch.com/docs/api/errors/" + std::to_string(row.status)
    );
    if (row.pointer.empty()) {
        EXPECT_TRUE(error.violations.empty());
    } else {
        ASSERT_EQ(error.violations.size(), 1U);
        EXPECT_EQ(error.violations[0].pointer, row.pointer);
    }
}

TEST_P(StytchErrorRow, OfAVerify) {
    auto const& row = GetParam();
    auto const checked =
        adapter()->decode_verify(verify(), error_answer(row.status, row.error_type), context());
    if (row.outcome) {
        ASSERT_TRUE(checked.has_value()) << checked.error();
        EXPECT_EQ(checked->outcome, *row.outcome);
    } else {
        EXPECT_EQ(error_of(checked).category, row.category);
    }
}

INSTANTIATE_TEST_SUITE_P(All, StytchErrorRow, testing::ValuesIn(rows), [](auto const& tested) {
    return std::string(tested.param.error_type);
});

TEST_P(StytchErrorRow, OfAFailingServerCountsForNothing) {
    auto const& row = GetParam();
    for (auto const status : {500, 502, 503}) {
        auto const error =
            error_of(adapter()->decode_send(sms(), error_answer(status, row.error_type), context())
            );
        EXPECT_EQ(error.category, status == 503 ? unavailable : provider_error);
        EXPECT_EQ(error.delivery, Delivery::unknown);
        EXPECT_TRUE(error.violations.empty());
        EXPECT_EQ(error.vendor_code, row.error_type);
        EXPECT_EQ(error.message, "As documented.");
        auto const checked =
            adapter()->decode_verify(verify(), error_answer(status, row.error_type), context());
        EXPECT_EQ(error_of(checked).delivery, Delivery::unknown);
    }
}

TEST(StytchError, AGatewaysAnswerIsNoWordOfStytchs) {
    for (auto const status : {400, 401, 403, 404}) {
        for (std::string_view const body :
             {"<html>Forbidden</html>",
              "Forbidden",
              R"({"message":"Forbidden"})",
              R"({"statusCode":401,"error":"Unauthorized","message":"Unauthorized"})",
              R"({"error":"unauthorized_credentials","error_description":"Not ours"})"}) {
            auto const error =
                error_of(adapter()->decode_send(sms(), answer(status, body), context()));
            EXPECT_EQ(error.category, bad_response) << status << body;
            EXPECT_EQ(error.delivery, Delivery::not_sent) << status << body;
        }
        EXPECT_EQ(
            error_of(adapter()->decode_send(sms(), answer(status, ""), context())).http_status,
            status
        );
    }
    auto const bare = error_of(adapter()->decode_send(sms(), answer(401, ""), context()));
    EXPECT_EQ(bare.category, unauthenticated);
}

TEST(StytchError, DocumentedExamples) {
    auto const unauthorized = error_of(adapter()->decode_send(
        sms(),
        answer(401, R"({
            "status_code": 401,
            "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
            "error_type": "unauthorized_credentials",
            "error_message": "Unauthorized credentials.",
            "error_url": "https://stytch.com/docs/api/errors/401"
        })"),
        context()
    ));
    EXPECT_EQ(unauthorized.category, unauthenticated);
    EXPECT_EQ(unauthorized.delivery, Delivery::not_sent);
    EXPECT_EQ(unauthorized.message, "Unauthorized credentials.");
    EXPECT_EQ(unauthorized.request_id, request_id);

    auto const throttled = error_of(adapter()->decode_send(
        sms(),
        answer(429, R"({
            "status_code": 429,
            "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
            "error_type": "too_many_requests",
            "error_message": "Too many requests have been made.",
            "error_url": "https://stytch.com/docs/api/errors/429"
        })"),
        context()
    ));
    EXPECT_EQ(throttled.category, rate_limited);
    EXPECT_EQ(throttled.delivery, Delivery::not_sent);
    EXPECT_EQ(throttled.message, "Too many requests have been made.");

    auto const failed = error_of(adapter()->decode_send(
        sms(),
        answer(500, R"({
            "status_code": 500,
            "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
            "error_type": "internal_server_error",
            "error_message": "Oops, something seems to have gone wrong, please reach out to support@stytch.com to let us know what went wrong.",
            "error_url": "https://stytch.com/docs/api/errors/500"
        })"),
        context()
    ));
    EXPECT_EQ(failed.category, provider_error);
    EXPECT_EQ(failed.delivery, Delivery::unknown);
    EXPECT_EQ(failed.message.find("support@stytch.com"), std::string::npos) << failed.message;
}

TEST(StytchError, BadRequestWithoutABody) {
    auto const error = error_of(adapter()->decode_send(sms(), answer(400, ""), context()));
    EXPECT_EQ(error.category, invalid_request);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    EXPECT_EQ(error.vendor_code, "");
}

TEST(StytchError, OAuth2FormOfTheBody) {
    auto const error = error_of(adapter()->decode_send(
        sms(),
        answer(401, R"({
            "status_code": 401,
            "request_id": "r-1",
            "error": "unauthorized_credentials",
            "error_description": "Unauthorized credentials.",
            "error_uri": "https://stytch.com/docs/api/errors/401"
        })"),
        context()
    ));
    EXPECT_EQ(error.category, unauthenticated);
    EXPECT_EQ(error.vendor_code, "unauthorized_credentials");
    EXPECT_EQ(error.message, "Unauthorized credentials.");
    EXPECT_EQ(error.documentation_url, "https://stytch.com/docs/api/errors/401");
}

TEST(StytchError, RetryAfterIsHonouredIfItIsThere) {
    HttpResponse response = error_answer(429, "too_many_requests");
    response.headers = HttpHeaders{{"Retry-After", "7"}};
    auto const error = error_of(adapter()->decode_send(sms(), response, context()));
    EXPECT_EQ(error.retry_after, std::chrono::seconds(7));
    EXPECT_FALSE(
        error_of(adapter()->decode_send(sms(), error_answer(429, "too_many_requests"), context()))
            .retry_after.has_value()
    );
}

TEST(StytchError, LinkIsKeptOnlyIfItIsStytchs) {
    for (std::string_view const link :
         {"ftp://stytch.com/docs",
          "https://example.com/docs",
          "https://stytch.com/a b",
          "https://stytch.com/docs/jane.doe&#64;example.com",
          ""}) {
        auto const error = error_of(adapter()->decode_send(
            sms(),
            answer(
                400, R"({"error_type":"invalid_email","error_url":")" + std::string(link) + R"("})"
            ),
            context()
        ));
        EXPECT_EQ(error.documentation_url, "");
    }
}

TEST(StytchError, LinkLosesWhatAVendorMayAppend) {
    struct Case {
        std::string_view link;
        std::string_view kept;
    };
    constexpr std::string_view page = "https://stytch.com/docs/api/errors/400";
    for (auto const& [link, kept] :
         {Case{"https://stytch.com/docs/api/errors/400?phone=%2B12025550162", page},
          Case{"https://stytch.com/docs/api/errors/400#+12025550162", page},
          Case{"https://stytch.com/docs/api/errors/400?", page},
          Case{"https://stytch.com/docs/%2B12025550162", ""},
          Case{"https://stytch.com/docs/2025550162", ""},
          Case{"https://stytch.com/docs/user%40example.com", ""},
          Case{"https://user:secret@stytch.com/docs", ""},
          Case{"https://stytch.com@example.com/docs", ""},
          Case{"https://stytch.com.example.com/docs", ""},
          Case{"http://stytch.com/docs", ""}}) {
        auto const error = error_of(adapter()->decode_send(
            sms(),
            answer(
                400, R"({"error_type":"invalid_email","error_url":")" + std::string(link) + R"("})"
            ),
            context()
        ));
        EXPECT_EQ(error.documentation_url, kept) << link;
    }
}

TEST(StytchError, AdapterLeavesNoPersonalDataInErrors) {
    auto const error = error_of(adapter()->decode_send(
        sms(),
        answer(400, R"({"error_type": "invalid_phone_number",
                        "error_message": "+12025550162 and user@example.com are refused"})"),
        context()
    ));
    std::ostringstream printed;
    printed << error;
    EXPECT_EQ(printed.str().find("2025550162"), std::string::npos) << printed.str();
    EXPECT_EQ(printed.str().find("user@example.com"), std::string::npos) << printed.str();
}

}  // namespace
}  // namespace otp::stytch::test
