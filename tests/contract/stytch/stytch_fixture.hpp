#pragma once

#include "stytch/stytch_adapter.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/error.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace otp::stytch::test {

inline constexpr std::string_view phone_text = "+12025550162";
inline constexpr std::string_view email_text = "user@example.com";
inline constexpr std::string_view request_id =
    "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141";
inline constexpr std::string_view user_id = "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6";
inline constexpr std::string_view phone_id =
    "phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0";
inline constexpr std::string_view email_id = "email-test-81bf03a8-86e1-4d95-bd44-bb3495224953";

inline constexpr std::string_view sms_accepted = R"({
  "status_code": 200,
  "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
  "user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",
  "phone_id": "phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0"
})";
inline constexpr std::string_view email_accepted = R"({
  "status_code": 200,
  "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
  "user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",
  "email_id": "email-test-81bf03a8-86e1-4d95-bd44-bb3495224953",
  "user_created": true
})";
inline constexpr std::string_view authenticated = R"({
  "status_code": 200,
  "request_id": "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141",
  "user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6",
  "method_id": "phone-number-test-d5a3b680-e8a3-40c0-b815-ab79986666d0",
  "session_jwt": "",
  "session_token": "",
  "session": null,
  "reset_sessions": false,
  "user": {"user_id": "user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6"}
})";

/// 2026-11-21T10:00:00Z
inline constexpr std::chrono::sys_time<std::chrono::milliseconds> now{
    std::chrono::milliseconds(1795255200000)};

inline InstanceConfig instance(std::string_view project_id = "project-test-not-a-real-project") {
    InstanceConfig config;
    config.name = "login-sms";
    config.vendor = "stytch";
    config.credentials.emplace("project_id", Secret(project_id));
    config.credentials.emplace("secret", Secret("secret-test-not-a-real-secret"));
    return config;
}

inline std::unique_ptr<ProviderAdapter> adapter(InstanceConfig const& config = instance()) {
    return make_stytch_adapter(config).value();
}

inline std::unique_ptr<ProviderAdapter> creating_adapter() {
    auto config = instance();
    config.options["create_user"] = "true";
    return adapter(config);
}

inline AttemptContext context() {
    AttemptContext attempt;
    attempt.instance = "login-sms";
    attempt.now = now;
    attempt.unique_reference = "abcdefghij0123456789";
    return attempt;
}

inline SendOtp sms() {
    return SendOtp(PhoneNumber::parse(phone_text).value());
}
inline SendOtp email() {
    return SendOtp(EmailAddress::parse(email_text).value());
}
inline SendOtp whatsapp() {
    auto send = sms();
    send.channel = Channel::whatsapp;
    return send;
}

inline VerifyOtp verify(std::string_view method_id = phone_id) {
    VerificationHandle handle("login-sms", "stytch", Channel::sms);
    handle.set_reference("method_id", method_id);
    return VerifyOtp(std::move(handle), OtpCode::parse("000000").value());
}

inline HttpResponse answer(int status, std::string_view body) {
    return HttpResponse(
        status, HttpHeaders{{"Content-Type", "application/json"}}, std::string(body)
    );
}

/// An answer of the documented error form.
inline HttpResponse error_answer(int status, std::string_view error_type) {
    std::ostringstream body;
    body << R"({"status_code":)" << status << R"(,"request_id":")" << request_id
         << R"(","error_type":")" << error_type
         << R"(","error_message":"As documented.","error_url":"https://stytch.com/docs/api/errors/)"
         << status << R"("})";
    return answer(status, body.str());
}

inline boost::json::value parse(std::string_view text) {
    return boost::json::parse(boost::json::string_view(text.data(), text.size()));
}

/// The body of what is sent for `send`.
inline boost::json::value send_body(ProviderAdapter const& from, SendOtp const& send) {
    return parse(from.encode_send(send, context()).value().body);
}

inline boost::json::value verify_body(VerifyOtp const& request) {
    return parse(adapter()->encode_verify(request, context()).value().body);
}

/// The error of a result that must have failed.
template <class T>
Error error_of(Result<T> const& result) {
    if (result.has_value()) {
        ADD_FAILURE() << "succeeded, but should not";
        return Error(ErrorCategory::internal);
    }
    return result.error();
}

/// `error` refuses a request before it is sent, because of what `pointer` names.
inline void expect_refused(Error const& error, ErrorCategory category, std::string_view pointer) {
    EXPECT_EQ(error.category, category) << error;
    EXPECT_EQ(error.delivery, Delivery::not_sent);
    ASSERT_EQ(error.violations.size(), 1U) << error;
    EXPECT_EQ(error.violations.front().pointer, pointer);
}

}  // namespace otp::stytch::test
