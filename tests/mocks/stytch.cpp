#include "raw_client.hpp"

#include <gtest/gtest.h>

namespace otp::mocks::test {
namespace {

std::string unquoted(std::string const& text) {
    return text.size() < 2 ? text : text.substr(1, text.size() - 2);
}

class Stytch : public testing::Test {
protected:
    Answer post(std::string const& path, std::string const& body) {
        return bench.call("stytch", "POST", "/v1/otps/" + path, body);
    }
    std::string error(std::string const& path, std::string const& body) {
        auto const answer = post(path, body);
        EXPECT_GE(answer.status, 400) << body;
        return unquoted(answer.at("/error_type"));
    }
    /// Sends to the example number and returns the start of an authenticate body.
    std::string sent(std::string const& more = "") {
        auto const answer = post("sms/send", R"({"phone_number":"+12025550162")" + more + "}");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return R"({"method_id":)" + answer.at("/phone_id") + R"(,"code":")" +
               bench.last_code("stytch") + "\"";
    }
    Bench bench;
};

TEST_F(Stytch, answers_with_the_documented_members) {
    auto const answer = post(
        "sms/send",
        R"({"phone_number":"+12025550162","expiration_minutes":10,"locale":"pt-br",)"
        R"("attributes":{"ip_address":"203.0.113.7","user_agent":"Mozilla/5.0"},)"
        R"("user_id":"user-test-1","session_token":"t","session_jwt":"j"})"
    );
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.at("/status_code"), "200");
    EXPECT_EQ(answer.at("/user_id"), "\"user-test-1\"");
    EXPECT_GT(answer.at("/request_id").size(), 10U);
    EXPECT_GT(answer.at("/phone_id").size(), 10U);
    EXPECT_EQ(answer.at("/user_created"), "");
}

TEST_F(Stytch, authenticates_with_and_without_a_session) {
    auto const plain = post("authenticate", sent() + "}");
    EXPECT_EQ(plain.status, 200);
    EXPECT_EQ(plain.at("/session_token"), "\"\"");
    EXPECT_EQ(plain.at("/session"), "null");
    auto const session = post("authenticate", sent() + R"(,"session_duration_minutes":60})");
    EXPECT_GT(session.at("/session_token").size(), 10U);
    EXPECT_GT(session.at("/session_jwt").size(), 10U);
    EXPECT_EQ(session.at("/session/expires_at"), "\"2023-11-14T23:13:20.000Z\"");
}

TEST_F(Stytch, names_the_reason_of_a_refused_code) {
    auto body = sent();
    EXPECT_EQ(error("authenticate", R"({"method_id":"nothing","code":"1"})"), "invalid_method_id");
    auto const method = body.substr(0, body.find(",\"code\""));
    auto const wrong = wrong_code(bench.last_code("stytch"));
    EXPECT_EQ(error("authenticate", method + R"(,"code":")" + wrong + "\"}"), "otp_code_not_found");
    EXPECT_EQ(post("authenticate", body + "}").status, 200);
    EXPECT_EQ(error("authenticate", body + "}"), "unable_to_auth_otp_code");
    body = sent();
    bench.clock.advance(std::chrono::minutes(2));
    EXPECT_EQ(error("authenticate", body + "}"), "unable_to_auth_otp_code");
}

TEST_F(Stytch, keeps_a_code_as_long_as_requested) {
    auto const body = sent(R"(,"expiration_minutes":10)");
    bench.clock.advance(std::chrono::minutes(9));
    EXPECT_EQ(post("authenticate", body + "}").status, 200);
}

TEST_F(Stytch, has_sandbox_values) {
    for (char const* channel : {"sms", "whatsapp"}) {
        auto const answer =
            post(channel + std::string("/send"), R"({"phone_number":"+10000000000"})");
        ASSERT_EQ(answer.status, 200);
        auto const method = R"({"method_id":)" + answer.at("/phone_id");
        EXPECT_EQ(error("authenticate", method + R"(,"code":"111111"})"), "otp_code_not_found");
        EXPECT_EQ(post("authenticate", method + R"(,"code":"000000"})").status, 200);
        EXPECT_EQ(post("authenticate", method + R"(,"code":"000000"})").status, 200);
    }
    auto const email = post("email/send", R"({"email":"sandbox@stytch.com"})");
    auto const body = R"({"method_id":)" + email.at("/email_id") + R"(,"code":"000000"})";
    EXPECT_EQ(post("authenticate", body).status, 200);
}

TEST_F(Stytch, sends_to_known_users_and_creates_others) {
    EXPECT_EQ(error("sms/send", R"({"phone_number":"+14155550111"})"), "phone_number_not_found");
    EXPECT_EQ(error("email/send", R"({"email":"new@example.com"})"), "email_not_found");
    auto const created = post("sms/login_or_create", R"({"phone_number":"+14155550111"})");
    EXPECT_EQ(created.at("/user_created"), "true");
    auto const again = post(
        "whatsapp/login_or_create",
        R"({"phone_number":"+14155550111","create_user_as_pending":true})"
    );
    EXPECT_EQ(again.at("/user_created"), "false");
    EXPECT_EQ(bench.mock.messages().front().channel, "whatsapp");
    EXPECT_EQ(post("sms/send", R"({"phone_number":"+14155550111"})").status, 200);
    auto const added = R"({"phone_number":"+14155550112","user_id":"user-test-1"})";
    EXPECT_EQ(post("sms/send", added).status, 200);
    auto const email = R"({"email":"new@example.com","login_template_id":"a"})";
    EXPECT_EQ(post("email/login_or_create", email).at("/user_created"), "true");
}

TEST_F(Stytch, compares_attributes_where_asked_to) {
    auto const attributes = R"(,"attributes":{"ip_address":"203.0.113.7"})";
    auto const options = R"(,"options":{"ip_match_required":true}})";
    auto const body = sent(attributes);
    EXPECT_EQ(error("authenticate", body + options), "attribute_mismatch");
    EXPECT_EQ(post("authenticate", body + attributes + options).status, 200);
}

TEST_F(Stytch, refuses_bad_bodies) {
    auto const phone = [&](std::string const& more) {
        return error("sms/send", R"({"phone_number":"+12025550162",)" + more + "}");
    };
    EXPECT_EQ(error("sms/send", "{}"), "invalid_phone_number");
    EXPECT_EQ(error("sms/send", R"({"phone_number":"2025550162"})"), "invalid_phone_number");
    EXPECT_EQ(error("sms/send", R"({"phone_number":12025550162})"), "invalid_phone_number");
    EXPECT_EQ(error("email/send", R"({"email":"nobody"})"), "invalid_email");
    EXPECT_EQ(phone(R"("expiration_minutes":0)"), "invalid_expiration_otp");
    EXPECT_EQ(phone(R"("expiration_minutes":11)"), "invalid_expiration_otp");
    EXPECT_EQ(phone(R"("expiration_minutes":"2")"), "invalid_expiration_otp");
    EXPECT_EQ(phone(R"("locale":"pt-BR")"), "invalid_locale");
    EXPECT_EQ(
        error("email/send", R"({"email":"user@example.com","locale":"it"})"), "invalid_locale"
    );
    EXPECT_EQ(phone(R"("attributes":{"ip_address":"300.1.1.1"})"), "invalid_ip_address");
    EXPECT_EQ(phone(R"("attributes":{"user_agent":""})"), "invalid_user_agent");
    EXPECT_EQ(phone(R"("attributes":{"color":"red"})"), "bad_request");
    EXPECT_EQ(phone(R"("create_user_as_pending":true)"), "bad_request");
    auto const user = R"({"phone_number":"+12025550162","user_id":"user-test-1"})";
    EXPECT_EQ(error("sms/login_or_create", user), "bad_request");
    EXPECT_EQ(error("sms/send", R"({"phone_number")"), "bad_request");
    EXPECT_EQ(error("authenticate", R"({"method_id":"a","code":1})"), "invalid_code");
    EXPECT_EQ(
        error("authenticate", R"({"method_id":"a","code":"1","session_duration_minutes":4})"),
        "bad_request"
    );
    EXPECT_TRUE(bench.mock.messages().empty());
}

TEST_F(Stytch, takes_all_sixteen_locales) {
    for (char const* locale :
         {"en",
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
          "cs"}) {
        auto const body =
            R"({"phone_number":"+12025550162","locale":")" + std::string(locale) + "\"}";
        EXPECT_EQ(post("sms/send", body).status, 200) << locale;
    }
}

TEST_F(Stytch, refuses_a_wrong_method_content_type_and_secret) {
    auto const path = "/stytch/v1/otps/sms/send";
    auto const body = R"({"phone_number":"+12025550162"})";
    auto const headers = bench.authorization("stytch");
    EXPECT_EQ(bench.request("PUT", path, headers, body).status, 405);
    EXPECT_EQ(bench.request("POST", path, headers, body, "text/plain").status, 415);
    EXPECT_EQ(post("fax/send", body).status, 404);
    EXPECT_EQ(post("sms", body).status, 404);
    httplib::Headers const wrong{
        httplib::make_basic_authentication_header(bench.credentials.stytch_project_id, "wrong")};
    auto const refused = bench.request("POST", path, wrong, body);
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(
        refused.body,
        R"({"status_code":401,"request_id":"request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",)"
        R"("error_type":"unauthorized_credentials","error_message":"Unauthorized credentials.",)"
        R"("error_url":"https://stytch.com/docs/api/errors/401"})"
    );
}

}  // namespace
}  // namespace otp::mocks::test
