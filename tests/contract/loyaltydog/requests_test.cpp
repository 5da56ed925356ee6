// Requests as documented at
// https://docs.loyalty.dog/api-reference/gift-card-customers/sendcustomerotp,
// https://docs.loyalty.dog/api-reference/gift-card-customers/verifycustomerotp and
// https://docs.loyalty.dog/api-reference/token/login-for-access-token.
#include "contract/loyaltydog/loyaltydog_fixture.hpp"

namespace otp::contract {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LoyaltyDogRequests, SendToPhoneIsTheDocumentedRequest) {
    auto const request = make_adapter()->encode_send(send_to_phone(), make_context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/v2/giftcards/customers/otp/send");
    EXPECT_EQ(request.route, "/v2/giftcards/customers/otp/send");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(request.headers.size(), 1u);
    EXPECT_EQ(header(request, "authorization"), "Bearer not.a.real-token");
    EXPECT_EQ(json(request.body), json(R"({"target":"+12025550162"})"));
}

TEST(LoyaltyDogRequests, SendToEmailIsTheDocumentedRequest) {
    auto const request = make_adapter()->encode_send(send_to_email(), make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"target":"user@example.com"})"));
}

TEST(LoyaltyDogRequests, ChannelPicksAmongPhoneAndEmail) {
    SendOtp send = send_to_phone();
    send.to.email = email("user@example.com");
    auto const target_of = [&] {
        return json(make_adapter()->encode_send(send, make_context()).value().body).at("target");
    };
    EXPECT_EQ(target_of(), json("\"+12025550162\""));
    send.channel = Channel::email;
    EXPECT_EQ(target_of(), json("\"user@example.com\""));
    send.channel = Channel::sms;
    EXPECT_EQ(target_of(), json("\"+12025550162\""));
}

TEST(LoyaltyDogRequests, Trap06_TargetIsFreeForm) {
    SendOtp send = send_to_phone();
    send.vendor_fields["loyaltydog"]["target"] = "00359 88 123";
    auto const request = make_adapter()->encode_send(send, make_context()).value();
    EXPECT_EQ(json(request.body), json(R"({"target":"00359 88 123"})"));
}

TEST(LoyaltyDogRequests, TargetLengthIs1To255) {
    SendOtp send = send_to_phone();
    auto& target = send.vendor_fields["loyaltydog"]["target"];
    for (std::size_t const size : {std::size_t{1}, std::size_t{255}}) {
        target = std::string(size, 'x');
        EXPECT_TRUE(make_adapter()->encode_send(send, make_context()).has_value()) << size;
    }
    for (std::size_t const size : {std::size_t{0}, std::size_t{256}, std::size_t{300}}) {
        target = std::string(size, 'x');
        auto const request = make_adapter()->encode_send(send, make_context());
        ASSERT_TRUE(request.has_error()) << size;
        EXPECT_EQ(request.error().category, ErrorCategory::invalid_request);
        EXPECT_EQ(request.error().delivery, Delivery::not_sent);
        EXPECT_THAT(pointers(request.error()), ElementsAre("/vendor_fields/loyaltydog/target"));
    }
    target = "a\r\nb";
    EXPECT_TRUE(make_adapter()->encode_send(send, make_context()).has_error());
}

TEST(LoyaltyDogRequests, UnknownVendorFieldIsRefused) {
    SendOtp send = send_to_phone();
    send.vendor_fields["loyaltydog"]["name"] = "Ada";
    auto const request = make_adapter()->encode_send(send, make_context());
    ASSERT_TRUE(request.has_error());
    EXPECT_THAT(pointers(request.error()), ElementsAre("/vendor_fields/loyaltydog/name"));
}

TEST(LoyaltyDogRequests, WithoutAMatchingRecipientItIsUnsupported) {
    auto const refused = [](SendOtp const& send) {
        auto const request = make_adapter()->encode_send(send, make_context());
        return request.has_error() ? request.error() : Error(ErrorCategory::internal);
    };
    SendOtp send = send_to_phone();
    send.channel = Channel::email;
    EXPECT_EQ(refused(send).category, ErrorCategory::unsupported);
    EXPECT_THAT(pointers(refused(send)), ElementsAre("/to/email"));
    send = send_to_email();
    send.channel = Channel::sms;
    EXPECT_THAT(pointers(refused(send)), ElementsAre("/to/phone"));
    send.channel = Channel::whatsapp;
    EXPECT_THAT(pointers(refused(send)), ElementsAre("/channel"));
    EXPECT_EQ(refused(SendOtp{Recipient()}).category, ErrorCategory::unsupported);
}

TEST(LoyaltyDogRequests, VerifyIsTheDocumentedRequest) {
    VerifyOtp verify = verify_of("+12025550162");
    auto request = make_adapter()->encode_verify(verify, make_context()).value();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/v2/giftcards/customers/otp/verify");
    EXPECT_EQ(request.route, "/v2/giftcards/customers/otp/verify");
    EXPECT_EQ(request.content_type, "application/json");
    EXPECT_EQ(header(request, "authorization"), "Bearer not.a.real-token");
    EXPECT_EQ(json(request.body), json(R"({"target":"+12025550162","code":"123456"})"));

    verify.vendor_fields["loyaltydog"]["name"] = "Ada Lovelace";
    request = make_adapter()->encode_verify(verify, make_context()).value();
    EXPECT_EQ(
        json(request.body),
        json(R"({"target":"+12025550162","code":"123456","name":"Ada Lovelace"})")
    );
}

TEST(LoyaltyDogRequests, VerifyRefusesWhatTheSchemaRefuses) {
    auto const adapter = make_adapter();
    for (std::string_view const typed : {"12345", "1234567", "12345a", "-12345"}) {
        auto const request =
            adapter->encode_verify(verify_of("user@example.com", typed), make_context());
        ASSERT_TRUE(request.has_error()) << typed;
        EXPECT_EQ(request.error().category, ErrorCategory::invalid_request);
        EXPECT_THAT(pointers(request.error()), ElementsAre("/code"));
    }
    for (std::string const& target : {std::string(), std::string(256, 'x'), std::string("a\nb")}) {
        auto const request = adapter->encode_verify(verify_of(target), make_context());
        ASSERT_TRUE(request.has_error());
        EXPECT_THAT(pointers(request.error()), ElementsAre("/handle/references/target"));
    }
    VerifyOtp verify = verify_of("user@example.com", "1");
    verify.vendor_fields["loyaltydog"]["name"] = std::string(256, 'x');
    verify.vendor_fields["loyaltydog"]["nickname"] = "x";
    auto const request = adapter->encode_verify(verify, make_context());
    ASSERT_TRUE(request.has_error());
    EXPECT_THAT(
        pointers(request.error()),
        testing::UnorderedElementsAre(
            "/code", "/vendor_fields/loyaltydog/name", "/vendor_fields/loyaltydog/nickname"
        )
    );
}

TEST(LoyaltyDogRequests, Trap14_PathsAreThoseOfTheOpenApiDocument) {
    auto const adapter = make_adapter();
    EXPECT_EQ(adapter->base_url(), "https://api.loyalty.dog");
    auto instance = make_instance("loyaltydog", {{"token", "not.a.real-token"}});
    instance.base_url = "https://api.loyalty.dog/api";
    EXPECT_EQ(
        loyaltydog::make_loyaltydog_adapter(instance).value()->base_url(),
        "https://api.loyalty.dog/api"
    );
}

TEST(LoyaltyDogRequests, TokenGrantIsTheDocumentedForm) {
    auto const adapter = make_adapter_with_password();
    ASSERT_NE(adapter->token_grant(), nullptr);
    EXPECT_EQ(adapter->token_grant()->base_url(), "https://api.loyalty.dog");
    auto const request = adapter->token_grant()->encode();
    EXPECT_EQ(request.method, HttpMethod::post);
    EXPECT_EQ(request.target(), "/v2/token");
    EXPECT_EQ(request.route, "/v2/token");
    EXPECT_EQ(request.content_type, "application/x-www-form-urlencoded");
    EXPECT_THAT(request.headers, IsEmpty());
    EXPECT_EQ(
        request.body,
        "grant_type=password&username=user%40example.com&password=not%20a%20real%26password"
    );
}

TEST(LoyaltyDogRequests, AGrantedTokenIsTheClientsToAdd) {
    auto const adapter = make_adapter_with_password();
    auto const request = adapter->encode_send(send_to_phone(), make_context()).value();
    EXPECT_EQ(header(request, "authorization"), "<none>");
    EXPECT_EQ(make_adapter()->token_grant(), nullptr);
}

TEST(LoyaltyDogRequests, HintsAreLeftOut) {
    SendOtp send = send_to_phone();
    auto const without = make_adapter()->encode_send(send, make_context()).value();
    send.locale = "en";
    EXPECT_EQ(make_adapter()->encode_send(send, make_context()).value().body, without.body);
}

}  // namespace
}  // namespace otp::contract
