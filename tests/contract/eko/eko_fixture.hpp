#pragma once

#include "eko/eko_adapter.hpp"

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

namespace otp::eko::test {

/// The documents' examples (https://eps.eko.in/docs/mobile-otp-send and mobile-otp-verify).
inline constexpr std::string_view sent_example = R"({
  "status": 0,
  "response_status_id": 0,
  "response_type_id": 1623,
  "message": "OTP has been sent",
  "data": {
    "client_ref_id": "211101129871",
    "initiator_id": "1234567891",
    "otp_expiry_timestamp": "Fri May 22 16:04:04 IST 2026",
    "tid": "2886978474"
  }
})";
inline constexpr std::string_view verified_example = R"({
  "status": 0,
  "response_status_id": 0,
  "response_type_id": 1632,
  "message": "OTP verification successful.",
  "data": {
    "client_ref_id": "REQ-20260101-001",
    "otp_verification_token": "fake.verification.token",
    "initiator_id": "9962981729",
    "mobile": "9002336768",
    "tid": "2886978474"
  }
})";
inline constexpr std::string_view not_verified_example = R"({
  "status": 1,
  "response_status_id": 1,
  "response_type_id": 1632,
  "message": "OTP verification failed.",
  "data": {}
})";

/// The time of the published signature vectors.
inline constexpr std::chrono::sys_time<std::chrono::milliseconds> now{
    std::chrono::milliseconds(1700000000000)};

inline InstanceConfig instance() {
    InstanceConfig config;
    config.name = "india";
    config.vendor = "eko";
    config.environment = "sandbox";
    config.credentials.emplace("developer_key", Secret("not-a-real-developer-key"));
    config.credentials.emplace("access_key", Secret("test-access-key-123"));
    config.options["initiator_id"] = "9962981729";
    config.options["csp_id"] = "9002336768";
    return config;
}

inline std::unique_ptr<ProviderAdapter> adapter(InstanceConfig const& config = instance()) {
    return make_eko_adapter(config).value();
}

inline AttemptContext context() {
    AttemptContext attempt;
    attempt.instance = "india";
    attempt.now = now;
    attempt.unique_reference = "abcdefghij0123456789";
    return attempt;
}

inline SendOtp send_to(std::string_view phone = "+919002336768") {
    return SendOtp(PhoneNumber::parse(phone).value());
}

/// The send of the documents' example.
inline SendOtp example() {
    auto send = send_to();
    send.reference = "REQ-20260101-001";
    return send;
}

inline VerifyOtp verify() {
    VerificationHandle handle("india", "eko", Channel::sms);
    handle.set_reference("mobile", "9002336768");
    handle.set_reference("client_ref_id", "REQ-20260101-001");
    return VerifyOtp(std::move(handle), OtpCode::parse("3643").value());
}

inline HttpResponse answer(int status, std::string_view body) {
    return HttpResponse(
        status, HttpHeaders{{"Content-Type", "application/json"}}, std::string(body)
    );
}

inline boost::json::value parse(std::string_view text) {
    return boost::json::parse(boost::json::string_view(text.data(), text.size()));
}

inline boost::json::value send_body(SendOtp const& send) {
    return parse(adapter()->encode_send(send, context()).value().body);
}
inline boost::json::value verify_body(VerifyOtp const& request) {
    return parse(adapter()->encode_verify(request, context()).value().body);
}

inline Result<SendReceipt> decode_send(int status, std::string_view body) {
    return adapter()->decode_send(example(), answer(status, body), context());
}
inline Result<Verification> decode_verify(int status, std::string_view body) {
    return adapter()->decode_verify(verify(), answer(status, body), context());
}

/// The value of a header line; empty if there is none.
inline std::string header(HttpRequest const& request, std::string_view name) {
    for (auto const& line : request.headers) {
        if (line.name == name) return line.value;
    }
    return {};
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

}  // namespace otp::eko::test
