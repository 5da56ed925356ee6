#include "contract/stytch/stytch_fixture.hpp"

// Where Stytch's documents are ambiguous, contradict each other or surprise: one test for each.

namespace otp::stytch::test {
namespace {

using std::chrono::minutes;
using Outcome = Verification::Outcome;

TEST(StytchTrap, Trap01_ServerErrorLeavesDeliveryUnknown) {
    for (auto const status : {500, 502, 503, 504}) {
        auto const error = error_of(
            adapter()->decode_send(sms(), error_answer(status, "internal_server_error"), context())
        );
        EXPECT_EQ(error.delivery, Delivery::unknown) << status;
    }
}

TEST(StytchTrap, Trap02_SessionAndCodeArePrintedNowhere) {
    auto const checked = adapter()->decode_verify(
        verify("p"),
        answer(200, R"({"status_code": 200, "request_id": "r", "user_id": "u", "method_id": "p",
                        "session_token": "fake-token", "session_jwt": "fake.jwt"})"),
        context()
    );
    ASSERT_TRUE(checked.has_value()) << checked.error();
    std::ostringstream printed;
    printed << checked->session->token << checked->session->jwt << verify().code;
    EXPECT_EQ(printed.str(), "*********");
}

TEST(StytchTrap, Trap03_UnknownErrorTypeIsKeptAndNeverTheCallersFault) {
    struct Case {
        int status;
        ErrorCategory category;
    };
    for (auto const& expected : {
             Case{400, ErrorCategory::bad_response},
             Case{401, ErrorCategory::unauthenticated},
             Case{403, ErrorCategory::permission_denied},
             Case{429, ErrorCategory::rate_limited},
             Case{500, ErrorCategory::provider_error},
             Case{503, ErrorCategory::unavailable},
         }) {
        auto const error = error_of(adapter()->decode_send(
            sms(), error_answer(expected.status, "brand_new_error"), context()
        ));
        EXPECT_EQ(error.category, expected.category);
        EXPECT_EQ(error.vendor_code, "brand_new_error");
    }
}

TEST(StytchTrap, Trap04_ExpiryIsTwoMinutesUnlessAsked) {
    auto const sent = adapter()->decode_send(sms(), answer(200, sms_accepted), context());
    ASSERT_TRUE(sent.has_value()) << sent.error();
    EXPECT_EQ(sent->expires_at, now + minutes(2));
}

TEST(StytchTrap, Trap05_HandleHoldsPhoneIdOrEmailIdAsMethodId) {
    auto const by_sms = adapter()->decode_send(sms(), answer(200, sms_accepted), context());
    auto const by_email = adapter()->decode_send(email(), answer(200, email_accepted), context());
    ASSERT_TRUE(by_sms.has_value()) << by_sms.error();
    ASSERT_TRUE(by_email.has_value()) << by_email.error();
    EXPECT_EQ(by_sms->handle.reference("method_id"), phone_id);
    EXPECT_EQ(by_email->handle.reference("method_id"), email_id);
}

TEST(StytchTrap, Trap06_PhoneNumberIsE164WithPlus) {
    EXPECT_EQ(send_body(*adapter(), sms()).at("phone_number").as_string(), "+12025550162");
}

TEST(StytchTrap, Trap07_RetryAfterAsADate) {
    HttpResponse response = error_answer(429, "too_many_requests");
    // 30 seconds after the attempt's time
    response.headers = HttpHeaders{{"retry-after", "Sat, 21 Nov 2026 10:00:30 GMT"}};
    auto const error = error_of(adapter()->decode_send(sms(), response, context()));
    EXPECT_EQ(error.retry_after, std::chrono::seconds(30));
}

TEST(StytchTrap, Trap39_UnknownPhoneNeedsLoginOrCreate) {
    EXPECT_EQ(adapter()->encode_send(sms(), context()).value().target(), "/v1/otps/sms/send");
    EXPECT_EQ(
        creating_adapter()->encode_send(sms(), context()).value().target(),
        "/v1/otps/sms/login_or_create"
    );
    auto const error = error_of(
        adapter()->decode_send(sms(), error_answer(404, "phone_number_not_found"), context())
    );
    EXPECT_EQ(error.category, ErrorCategory::recipient_not_found);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
}

TEST(StytchTrap, Trap40_StatusAloneDoesNotTellExpiredFromUnauthenticated) {
    auto const expired =
        adapter()->decode_verify(verify(), error_answer(401, "unable_to_auth_otp_code"), context());
    ASSERT_TRUE(expired.has_value()) << expired.error();
    EXPECT_EQ(expired->outcome, Outcome::expired);
    EXPECT_EQ(
        error_of(adapter()->decode_verify(
                     verify(), error_answer(401, "unauthorized_credentials"), context()
                 ))
            .category,
        ErrorCategory::unauthenticated
    );
    EXPECT_EQ(
        error_of(
            adapter()->decode_verify(verify(), error_answer(401, "attribute_mismatch"), context())
        )
            .category,
        ErrorCategory::blocked_by_fraud_guard
    );
    auto const wrong =
        adapter()->decode_verify(verify(), error_answer(404, "otp_code_not_found"), context());
    ASSERT_TRUE(wrong.has_value()) << wrong.error();
    EXPECT_EQ(wrong->outcome, Outcome::wrong_code);
}

TEST(StytchTrap, Trap41_CarrierErrorIsTransientAndUserLockIsNot) {
    EXPECT_EQ(
        error_of(
            adapter()->decode_send(sms(), error_answer(400, "downstream_carrier_error"), context())
        )
            .category,
        ErrorCategory::unavailable
    );
    EXPECT_EQ(
        error_of(
            adapter()->decode_send(sms(), error_answer(429, "user_lock_limit_reached"), context())
        )
            .category,
        ErrorCategory::recipient_throttled
    );
    EXPECT_EQ(
        error_of(adapter()->decode_send(sms(), error_answer(429, "captcha_failed"), context()))
            .category,
        ErrorCategory::blocked_by_fraud_guard
    );
}

TEST(StytchTrap, Trap42_MistypedProjectIdDoesNotGoToTheTestHost) {
    for (auto const* const id : {"project_live_x", "proj-live-x", "Project-live-x", "x"}) {
        expect_refused(
            error_of(make_stytch_adapter(instance(id))),
            ErrorCategory::config_invalid,
            "/credentials/project_id"
        );
    }
    auto config = instance("x");
    config.base_url = "https://otp.example.com";
    EXPECT_EQ(adapter(config)->base_url(), "https://otp.example.com");
}

TEST(StytchTrap, Trap43_LocalesKeepStytchsSpelling) {
    struct Case {
        std::string_view tag;
        std::string_view sent;
    };
    for (auto const& expected : {
             Case{"pt-br", "pt-br"},
             Case{"pt-BR", "pt-br"},
             Case{"de-DE", "de-DE"},
             Case{"de-de", "de-DE"},
             Case{"zh-Hans", "zh-Hans"},
             Case{"ZH-HANS", "zh-Hans"},
             Case{"ca-es", "ca-ES"},
         }) {
        auto send = sms();
        send.locale = std::string(expected.tag);
        EXPECT_EQ(send_body(*adapter(), send).at("locale").as_string(), expected.sent);
    }
}

TEST(StytchTrap, Trap43_EmailKnowsFourLocales) {
    for (auto const* const tag : {"en", "es", "pt-br", "fr"}) {
        auto send = email();
        send.locale = tag;
        EXPECT_EQ(send_body(*adapter(), send).at("locale").as_string(), tag);
    }
    for (auto const* const tag : {"it", "de-DE", "zh-Hans", "cs"}) {
        auto send = email();
        send.locale = tag;
        EXPECT_EQ(send_body(*adapter(), send), parse(R"({"email": "user@example.com"})")) << tag;
    }
}

TEST(StytchTrap, Trap44_AllSixteenLocalesAreSent) {
    constexpr std::string_view tags[] = {
        "en",
        "es",
        "pt-br",
        "fr",
        "it",
        "de-DE",
        "zh-Hans",
        "ca-ES",
        "ja",
        "ru",
        "nl",
        "pl",
        "tr",
        "fa",
        "vi",
        "cs"};
    EXPECT_EQ(stytch_description().hints.locales.at(0).tags.size(), std::size(tags));
    for (auto const tag : tags) {
        auto send = whatsapp();
        send.locale = std::string(tag);
        EXPECT_EQ(send_body(*adapter(), send).at("locale").as_string(), tag);
    }
}

TEST(StytchTrap, Trap45_HttpStatusCountsAndStatusCodeMayBeText) {
    auto const sent = adapter()->decode_send(
        sms(),
        answer(200, R"({"status_code":"200","request_id":"r","user_id":"u","phone_id":"p"})"),
        context()
    );
    ASSERT_TRUE(sent.has_value()) << sent.error();

    auto const error = error_of(adapter()->decode_send(
        sms(), answer(429, R"({"status_code":"200","error_type":"too_many_requests"})"), context()
    ));
    EXPECT_EQ(error.http_status, 429);
    EXPECT_EQ(error.category, ErrorCategory::rate_limited);
}

TEST(StytchTrap, Trap46_DisabledCountryIsNoTransientError) {
    auto const error = error_of(adapter()->decode_send(
        sms(), error_answer(400, "invalid_phone_number_country_code"), context()
    ));
    EXPECT_EQ(error.category, ErrorCategory::destination_blocked);
    EXPECT_EQ(error.delivery, Delivery::not_sent);
}

}  // namespace
}  // namespace otp::stytch::test
