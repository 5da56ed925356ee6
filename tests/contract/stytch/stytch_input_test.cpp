#include "contract/stytch/stytch_fixture.hpp"

// Requests that Stytch would refuse are refused before a byte is sent.

namespace otp::stytch::test {
namespace {

using std::chrono::minutes;

Error refusal(SendOtp const& send) {
    return error_of(adapter()->encode_send(send, context()));
}
Error refusal(VerifyOtp const& request) {
    return error_of(adapter()->encode_verify(request, context()));
}

TEST(StytchInput, ExpiryIsBroughtIntoOneToTen) {
    for (auto const life : {-1, 0}) {
        auto send = sms();
        send.expires_in = minutes(life);
        expect_refused(refusal(send), ErrorCategory::invalid_request, "/expires_in");
    }
    for (auto const& [life, used] : {std::pair(1, 1), {10, 10}, {11, 10}, {525600, 10}}) {
        auto send = sms();
        send.expires_in = minutes(life);
        EXPECT_EQ(send_body(*adapter(), send).at("expiration_minutes").as_int64(), used) << life;
    }
}

TEST(StytchInput, MalformedLocale) {
    for (auto const* const tag : {"en-", "en us", "en-US,fr-;q=0.8", "en-*"}) {
        auto send = sms();
        send.locale = tag;
        expect_refused(refusal(send), ErrorCategory::invalid_request, "/locale");
    }
}

TEST(StytchInput, LocaleThatStytchDoesNotHave) {
    for (auto const* const tag :
         {"xx", "english", "sv", "zh-TW", "*", "C.UTF-8", "sv,zh-TW;q=0.8"}) {
        auto send = sms();
        send.locale = tag;
        EXPECT_EQ(send_body(*adapter(), send), parse(R"({"phone_number": "+12025550162"})")) << tag;
    }
}

TEST(StytchInput, NoAddressForTheChannel) {
    expect_refused(refusal(SendOtp(Recipient())), ErrorCategory::unsupported, "/to/phone");
    auto send = email();
    send.channel = Channel::sms;
    expect_refused(refusal(send), ErrorCategory::unsupported, "/to/phone");
    send.channel = Channel::whatsapp;
    expect_refused(refusal(send), ErrorCategory::unsupported, "/to/phone");
    send = sms();
    send.channel = Channel::email;
    expect_refused(refusal(send), ErrorCategory::unsupported, "/to/email");
}

TEST(StytchInput, UnknownVendorField) {
    auto send = sms();
    send.vendor_fields["stytch"]["user"] = "x";
    expect_refused(refusal(send), ErrorCategory::invalid_request, "/vendor_fields/stytch/user");
    auto check = verify();
    check.vendor_fields["stytch"]["create_user_as_pending"] = "true";
    expect_refused(
        refusal(check),
        ErrorCategory::invalid_request,
        "/vendor_fields/stytch/create_user_as_pending"
    );
}

TEST(StytchInput, BadVendorFieldValues) {
    for (auto const& value :
         {std::string(), std::string("a\nb"), std::string("\xff"), std::string(256, 'u')}) {
        auto send = sms();
        send.vendor_fields["stytch"]["user_id"] = value;
        expect_refused(
            refusal(send), ErrorCategory::invalid_request, "/vendor_fields/stytch/user_id"
        );
    }
}

TEST(StytchInput, BadUserIdOfTheRecipient) {
    for (auto const& value : {std::string(), std::string("a\r\nb"), std::string(256, 'u')}) {
        auto send = sms();
        send.to.user_ids["stytch"] = value;
        expect_refused(refusal(send), ErrorCategory::invalid_request, "/to/user_ids/stytch");
    }
}

TEST(StytchInput, LoginOrCreateTakesNoUserAndNoSession) {
    for (auto const* const field : {"user_id", "session_token", "session_jwt"}) {
        auto send = sms();
        send.vendor_fields["stytch"][field] = "x";
        expect_refused(
            error_of(creating_adapter()->encode_send(send, context())),
            ErrorCategory::invalid_request,
            std::string("/vendor_fields/stytch/") + field
        );
    }
}

TEST(StytchInput, LoginOrCreateLeavesTheRecipientsUserIdOut) {
    auto send = sms();
    send.to.user_ids["stytch"] = std::string(user_id);
    EXPECT_EQ(send_body(*creating_adapter(), send), parse(R"({"phone_number": "+12025550162"})"));
}

TEST(StytchInput, SendTakesNoPendingUser) {
    auto send = sms();
    send.vendor_fields["stytch"]["create_user_as_pending"] = "true";
    expect_refused(
        refusal(send),
        ErrorCategory::invalid_request,
        "/vendor_fields/stytch/create_user_as_pending"
    );
}

TEST(StytchInput, TemplatesAreForEmail) {
    for (auto const* const field : {"login_template_id", "signup_template_id"}) {
        auto send = whatsapp();
        send.vendor_fields["stytch"][field] = "x";
        expect_refused(
            refusal(send),
            ErrorCategory::invalid_request,
            std::string("/vendor_fields/stytch/") + field
        );
    }
}

boost::json::value attributes_of(boost::json::value const& body) {
    auto const* const attributes = body.as_object().if_contains("attributes");
    return attributes == nullptr ? boost::json::value() : *attributes;
}

boost::json::value sent_attributes(ClientAttributes const& client) {
    auto send = sms();
    send.client = client;
    return attributes_of(send_body(*adapter(), send));
}

boost::json::value checked_attributes(ClientAttributes const& client) {
    auto check = verify();
    check.client = client;
    return attributes_of(parse(adapter()->encode_verify(check, context()).value().body));
}

TEST(StytchInput, ClientAttributesAreCleaned) {
    for (auto const attributes_for : {sent_attributes, checked_attributes}) {
        EXPECT_EQ(
            attributes_for({"203.0.113.7:80", "a\tb\xE9"}),
            parse(R"({"ip_address": "203.0.113.7", "user_agent": "a b\u00e9"})")
        );
        EXPECT_EQ(
            attributes_for({"2001:db8::7", std::string(1100, 'a')}),
            (boost::json::value{
                {"ip_address", "2001:db8::7"}, {"user_agent", std::string(1024, 'a')}})
        );
    }
}

TEST(StytchInput, ClientAttributesThatAreUnclearAreLeftOut) {
    for (auto const attributes_for : {sent_attributes, checked_attributes}) {
        EXPECT_TRUE(attributes_for({"unknown", ""}).is_null());
        EXPECT_TRUE(attributes_for({"", " \t"}).is_null());
        EXPECT_EQ(
            attributes_for({"not an address", "curl/8"}), parse(R"({"user_agent": "curl/8"})")
        );
    }
}

TEST(StytchInput, AllMistakesAtOnce) {
    auto send = sms();
    send.vendor_fields["stytch"]["unknown"] = "x";
    send.vendor_fields["stytch"]["create_user_as_pending"] = "x";
    auto const error = refusal(send);
    EXPECT_EQ(error.category, ErrorCategory::invalid_request);
    EXPECT_EQ(error.violations.size(), 2U);
}

TEST(StytchInput, TextIsEscaped) {
    auto send = sms();
    send.client.user_agent = "a\"b\\c/d\u00e9";
    auto const request = adapter()->encode_send(send, context()).value();
    EXPECT_EQ(parse(request.body).at("attributes").at("user_agent").as_string(), "a\"b\\c/d\u00e9");
}

TEST(StytchInput, HandleWithoutMethodId) {
    for (auto const* const id : {"", "a b", "a\nb", "\xc3\xa9"}) {
        expect_refused(
            refusal(verify(id)), ErrorCategory::invalid_request, "/handle/references/method_id"
        );
    }
}

TEST(StytchInput, SessionDuration) {
    for (auto const* const text : {"4", "527041", "-5", "x", "60.0", ""}) {
        auto check = verify();
        check.vendor_fields["stytch"]["session_duration_minutes"] = text;
        expect_refused(
            refusal(check),
            ErrorCategory::invalid_request,
            "/vendor_fields/stytch/session_duration_minutes"
        );
    }
}

TEST(StytchInput, SessionCustomClaims) {
    std::string const large = R"({"claim":")" + std::string(4100, 'a') + R"("})";
    for (auto const& text :
         {std::string("[]"),
          std::string("{"),
          std::string("{}x"),
          std::string("1"),
          std::string(R"({"a":1,"a":2})"),
          large}) {
        auto check = verify();
        check.vendor_fields["stytch"]["session_custom_claims"] = text;
        expect_refused(
            refusal(check),
            ErrorCategory::invalid_request,
            "/vendor_fields/stytch/session_custom_claims"
        );
    }
}

TEST(StytchInput, FlagsAreTrueOrFalse) {
    for (auto const* const field : {"ip_match_required", "user_agent_match_required"}) {
        auto check = verify();
        check.vendor_fields["stytch"][field] = "yes";
        expect_refused(
            refusal(check),
            ErrorCategory::invalid_request,
            std::string("/vendor_fields/stytch/") + field
        );
    }
}

}  // namespace
}  // namespace otp::stytch::test
