#include "raw_client.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/error_code.hpp>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <gtest/gtest.h>
#include <utility>

namespace otp::mocks::test {
namespace {

namespace json = boost::json;

MockOptions on_clock(MockOptions options, HandClock const& clock) {
    options.now = [&clock] { return clock.now(); };
    options.seed = 7;
    options.threads = 8;
    return options;
}

std::string base64(unsigned char const* bytes, std::size_t size) {
    std::array<unsigned char, 256> text{};
    int const length = EVP_EncodeBlock(text.data(), bytes, static_cast<int>(size));
    return std::string(text.begin(), text.begin() + length);
}

std::string base64(std::string const& text) {
    return base64(reinterpret_cast<unsigned char const*>(text.data()), text.size());
}

}  // namespace

json::value Answer::json() const {
    return json::parse(body);
}

std::string Answer::at(std::string_view pointer) const {
    auto const whole = json();
    boost::system::error_code error;
    auto const* found = whole.find_pointer(pointer, error);
    return found == nullptr ? std::string() : json::serialize(*found);
}

std::string Answer::header(std::string const& name) const {
    auto const found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

httplib::Headers eko_headers(MockCredentials const& credentials, MockOptions::Time time) {
    auto const timestamp = std::to_string(time.time_since_epoch().count());
    auto const key = base64(credentials.eko_access_key);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(
        EVP_sha256(),
        key.data(),
        static_cast<int>(key.size()),
        reinterpret_cast<unsigned char const*>(timestamp.data()),
        timestamp.size(),
        digest.data(),
        &length
    );
    return {
        {"developer_key", credentials.eko_developer_key},
        {"secret-key", base64(digest.data(), length)},
        {"secret-key-timestamp", timestamp}};
}

Bench::Bench(MockOptions options)
    : credentials(options.credentials),
      mock(on_clock(std::move(options), clock)),
      client_("127.0.0.1", mock.port()) {
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
}

httplib::Headers Bench::authorization(std::string_view vendor) const {
    if (vendor == "eko") return eko_headers(credentials, clock.now());
    if (vendor == "stytch") {
        auto const user = credentials.stytch_project_id + ":" + credentials.stytch_secret;
        return {{"Authorization", "Basic " + base64(user)}};
    }
    auto token = credentials.spherepay_api_key;
    if (vendor == "loyaltydog") token = credentials.loyaltydog_token;
    if (vendor == "10npay") token = credentials.ten_n_pay_access_token;
    return {{"Authorization", "Bearer " + token}};
}

Answer Bench::request(
    std::string const& method,
    std::string const& path,
    httplib::Headers const& headers,
    std::string const& body,
    std::string const& content_type
) {
    httplib::Request request;
    request.method = method;
    request.path = path;
    request.headers = headers;
    if (!content_type.empty() && !body.empty()) request.set_header("Content-Type", content_type);
    request.body = body;
    auto const result = client_.send(request);
    if (!result) return {};
    return {result->status, result->body, result->headers};
}

Answer Bench::call(
    std::string_view vendor,
    std::string const& method,
    std::string const& path,
    std::string const& body
) {
    return request(method, "/" + std::string(vendor) + path, authorization(vendor), body);
}

Answer Bench::send(std::string_view vendor, std::string const& recipient) {
    json::object body;
    if (vendor == "spherepay") {
        return call(
            vendor, "POST", "/v2/customer/" + recipient + "/otp-send", R"({"type":"phone"})"
        );
    }
    if (vendor == "loyaltydog") {
        body = {{"target", recipient}};
        return call(vendor, "POST", "/v2/giftcards/customers/otp/send", json::serialize(body));
    }
    if (vendor == "10npay") {
        body = {{"id", std::stoi(recipient)}, {"phoneNumber", "+359881234567"}};
        return call(vendor, "POST", "/User/phone-number/send-code", json::serialize(body));
    }
    if (vendor == "eko") {
        body = {
            {"initiator_id", credentials.eko_initiator_id},
            {"csp_id", "9002336768"},
            {"mobile", recipient.substr(3)}};
        return call(vendor, "POST", "/tools/kyc/mobile/otp", json::serialize(body));
    }
    bool const phone = recipient.starts_with("+");
    body = {{phone ? "phone_number" : "email", recipient}};
    auto answer = call(
        vendor, "POST", phone ? "/v1/otps/sms/send" : "/v1/otps/email/send", json::serialize(body)
    );
    auto method_id = answer.status == 200 && answer.body.starts_with("{\"request_id\"")
                         ? answer.at(phone ? "/phone_id" : "/email_id")
                         : std::string();
    if (method_id.size() > 2) method_ids_[recipient] = method_id.substr(1, method_id.size() - 2);
    return answer;
}

Answer Bench::verify(
    std::string_view vendor, std::string const& recipient, std::string const& code
) {
    json::object body;
    if (vendor == "spherepay") {
        body = {{"type", "phone"}, {"code", code}};
        return call(
            vendor, "POST", "/v2/customer/" + recipient + "/otp-verify", json::serialize(body)
        );
    }
    if (vendor == "loyaltydog") {
        body = {{"target", recipient}, {"code", code}};
        return call(vendor, "POST", "/v2/giftcards/customers/otp/verify", json::serialize(body));
    }
    if (vendor == "10npay") {
        body = {{"id", std::stoi(recipient)}, {"code", code}};
        return call(vendor, "POST", "/User/phone-number/verify", json::serialize(body));
    }
    if (vendor == "eko") {
        body = {
            {"initiator_id", credentials.eko_initiator_id},
            {"otp", code},
            {"mobile", recipient.substr(3)}};
        return call(vendor, "PUT", "/tools/kyc/mobile/otp/verify", json::serialize(body));
    }
    body = {{"method_id", method_ids_[recipient]}, {"code", code}};
    return call(vendor, "POST", "/v1/otps/authenticate", json::serialize(body));
}

std::string Bench::last_code(std::string_view vendor) const {
    auto const messages = mock.messages(vendor);
    EXPECT_FALSE(messages.empty());
    return messages.empty() ? "" : messages.front().code;
}

std::string Bench::last_state(std::string_view vendor) const {
    auto const messages = mock.messages(vendor);
    return messages.empty() ? "" : messages.front().state;
}

std::string good_recipient(std::string_view vendor) {
    if (vendor == "spherepay") return "customer_f31121c389624d3697cbf3ea8830b7a4";
    if (vendor == "loyaltydog") return "user@example.com";
    if (vendor == "10npay") return "2077";
    if (vendor == "eko") return "+919002336768";
    return "+12025550162";
}

std::string wrong_code(std::string const& code) {
    auto wrong = code;
    wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
    return wrong;
}

}  // namespace otp::mocks::test
