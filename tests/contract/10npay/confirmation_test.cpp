// The question after a check that was answered with nothing
// (https://developers.10npay.com/bg/docs/check-user-status/), and the handle before an answer.
#include "contract/10npay/ten_n_pay_fixture.hpp"

namespace otp::contract {
namespace {

using testing::HasSubstr;
using Outcome = Verification::Outcome;

std::unique_ptr<ProviderAdapter> asking_adapter() {
    return make_adapter({{"confirm_verification", "true"}});
}

Result<Verification> confirm(int status, std::string_view body) {
    return asking_adapter()->decode_confirmation(
        verify_of(), sized_answer(status, std::string(body)), make_context()
    );
}

TEST(TenNPayConfirmation, IsAskedForAfterAnAnswerThatSaysNothing) {
    for (std::string const body :
         {"", "{}", " \r\n", R"({"id":2077})", R"({"x":1,"data":{"y":null}})"}) {
        auto const request = asking_adapter()->encode_confirmation(
            verify_of(), sized_answer(200, body), make_context()
        );
        ASSERT_TRUE(request) << body;
        EXPECT_EQ(request->method, HttpMethod::get);
        EXPECT_EQ(request->target(), "/User/2077/status");
        EXPECT_EQ(request->route, "/User/{id}/status");
        EXPECT_EQ(request->body, "");
        EXPECT_EQ(request->content_type, "");
        EXPECT_EQ(header(*request, "authorization"), "Bearer not-a-real-token");
    }
}

TEST(TenNPayConfirmation, IsNotAskedForOtherwise) {
    auto const asked = [](ProviderAdapter const& adapter, std::string body) {
        auto const response = sized_answer(200, std::move(body));
        return adapter.encode_confirmation(verify_of(), response, make_context()).has_value();
    };
    EXPECT_FALSE(asked(*asking_adapter(), R"({"isPhoneNumberVerified":true})"));
    EXPECT_FALSE(asked(*make_adapter(), ""));
    EXPECT_FALSE(asked(*make_adapter({{"confirm_verification", "false"}}), "{}"));
}

TEST(TenNPayConfirmation, ApprovesOnlyAVerifiedNumber) {
    auto const approved = confirm(
        200,
        R"({"isEmailVerified":false,"isPhoneNumberVerified":true,"isScaVerified":false,)"
        R"("isAdditionalData":false,"isOptionalKyc":false,"status":150})"
    );
    ASSERT_TRUE(approved.has_value()) << approved.error();
    EXPECT_EQ(approved->outcome, Outcome::approved);
    EXPECT_EQ(approved->user_id, "2077");
    EXPECT_EQ(approved->http_status, 200);
    for (std::string_view const status : {"50", "200", "null"}) {
        auto const body = R"({"isPhoneNumberVerified":true,"status":)" + std::string(status) + '}';
        EXPECT_TRUE(confirm(200, body).value().approved()) << body;
    }
    auto const rejected = confirm(200, R"({"isPhoneNumberVerified":false,"status":50})");
    ASSERT_TRUE(rejected.has_value()) << rejected.error();
    EXPECT_EQ(rejected->outcome, Outcome::rejected);
    EXPECT_EQ(rejected->user_id, "");
}

TEST(TenNPayConfirmation, ThatCannotBeUnderstoodApprovesNothing) {
    for (auto const& [status, body] : std::initializer_list<std::pair<int, std::string_view>>{
             {200, ""},
             {200, "{}"},
             {200, "<html></html>"},
             {200, "[]"},
             {200, R"({"isPhoneNumberVerified":null})"},
             {200, R"({"isPhoneNumberVerified":"true"})"},
             {200, R"({"isPhoneNumberVerified":1})"},
             {200, R"({"IsPhoneNumberVerified":true})"},
             {200, R"({"isEmailVerified":true})"},
             {200, R"({"isPhoneNumberVerified":true,"id":2078})"},
             {200, R"({"isPhoneNumberVerified":true,"error":"x"})"},
             {200, R"({"isPhoneNumberVerified":true,"success":false})"},
             {200, R"({"isPhoneNumberVerified":true,"status":300})"},
             {200, R"({"isPhoneNumberVerified":true,"status":350})"},
             {200, R"({"isPhoneNumberVerified":true,"status":400})"},
             {200, R"({"isPhoneNumberVerified":true,"status":"200"})"},
             {200, R"({"isPhoneNumberVerified":false,"status":400})"},
             {200, R"({"isPhoneNumberVerified":true,"isPhoneNumberVerified":true})"},
             {201, R"({"isPhoneNumberVerified":true})"},
             {204, ""}}) {
        auto const verification = confirm(status, body);
        ASSERT_TRUE(verification.has_error()) << status << body;
        EXPECT_EQ(verification.error().category, ErrorCategory::bad_response) << status << body;
        EXPECT_EQ(verification.error().delivery, Delivery::unknown) << status << body;
    }
}

// The check itself was answered, and counts.
TEST(TenNPayConfirmation, ThatIsRefusedLeavesTheCheckUnknown) {
    for (auto const& [status, category] : std::initializer_list<std::pair<int, ErrorCategory>>{
             {401, ErrorCategory::unauthenticated},
             {404, ErrorCategory::recipient_not_found},
             {429, ErrorCategory::rate_limited},
             {500, ErrorCategory::provider_error}}) {
        auto const verification = confirm(status, "");
        ASSERT_TRUE(verification.has_error()) << status;
        EXPECT_EQ(verification.error().category, category) << status;
        EXPECT_EQ(verification.error().delivery, Delivery::unknown) << status;
        EXPECT_THAT(verification.error().message, HasSubstr("status"));
    }
}

TEST(TenNPayConfirmation, TheOptionIsTrueOrFalse) {
    auto const instance =
        make_instance("10npay", {{"access_token", "t"}}, {{"confirm_verification", "maybe"}});
    auto const adapter = ten_n_pay::make_ten_n_pay_adapter(instance);
    ASSERT_TRUE(adapter.has_error());
    EXPECT_THAT(pointers(adapter.error()), testing::ElementsAre("/options/confirm_verification"));
}

TEST(TenNPayHandle, IsTheReceiptsBeforeTheAnswer) {
    for (auto const& adapter : {make_adapter(), make_adapter({{"correlation_type", "1"}})}) {
        for (auto const& send : {send_to(), resend_to()}) {
            auto const early = adapter->handle_before_answer(send, make_context());
            ASSERT_TRUE(early);
            auto const receipt =
                adapter->decode_send(send, answer(204, ""), make_context()).value();
            EXPECT_EQ(early->to_json(), receipt.handle.to_json());
        }
    }
    EXPECT_FALSE(make_adapter()->handle_before_answer(
        SendOtp(Recipient(phone("+359881234567"))), make_context()
    ));
}

}  // namespace
}  // namespace otp::contract
