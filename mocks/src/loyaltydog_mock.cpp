#include "loyaltydog_mock.hpp"

#include "authorization.hpp"
#include "fastapi_error.hpp"
#include "recipient_shape.hpp"
#include "request_body.hpp"
#include "wire_time.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes code_life{5};
constexpr std::chrono::hours token_life{1};
constexpr std::size_t max_attempts = 3;
constexpr std::size_t max_sends_each_hour = 5;
constexpr std::size_t max_sends_each_day = 10;

class LoyaltyDogMock final : public VendorMock {
public:
    explicit LoyaltyDogMock(MockWorld& world) : world_(world) {}

    std::string_view name() const noexcept override { return "loyaltydog"; }
    Script const& script() const noexcept override { return script_; }
    void reset() override { tokens_.clear(); }
    void revoke_tokens() override { tokens_.clear(); }

    MockResponse handle(MockRequest const& request) override {
        bool const is_token = request.path == "/v2/token";
        bool const is_send = request.path == "/v2/giftcards/customers/otp/send";
        bool const is_verify = request.path == "/v2/giftcards/customers/otp/verify";
        if (!is_token && !is_send && !is_verify) return loyaltydog_detail(404, "Not Found");
        if (request.method != "POST") {
            auto refused = loyaltydog_detail(405, "Method Not Allowed");
            refused.headers.emplace_back("Allow", "POST");
            return refused;
        }
        if (!request.query.empty()) return loyaltydog_detail(400, "Unexpected query parameters");
        if (is_token) return grant(request);
        if (auto refused = unauthorized(request)) return std::move(*refused);
        auto const body = read_json_body(request);
        if (body.problem != BodyProblem::none) return fastapi_body_error(request, body.problem);
        return is_send ? checked_send(body.object) : checked_verify(body.object);
    }

private:
    std::optional<MockResponse> unauthorized(MockRequest const& request) {
        auto const token = bearer_token(request);
        if (token && (*token == world_.options.credentials.loyaltydog_token ||
                      tokens_.holds(*token, world_.now()))) {
            return std::nullopt;
        }
        auto refused =
            loyaltydog_detail(401, token ? "Could not validate credentials" : "Not authenticated");
        refused.headers.emplace_back("WWW-Authenticate", "Bearer");
        return refused;
    }

    /// OAuth2PasswordRequestForm; the answer is in camel case.
    MockResponse grant(MockRequest const& request) {
        auto const form = read_form_body(request);
        json::object fields;
        if (form) {
            for (auto const& [field, value] : *form) fields[field] = value;
        }
        constexpr std::array<FieldRule, 6> rules{
            FieldRule{"username", FieldType::string, true},
            FieldRule{"password", FieldType::string, true},
            FieldRule{"grant_type", FieldType::string, false},
            FieldRule{"scope", FieldType::string, false},
            FieldRule{"client_id", FieldType::string, false},
            FieldRule{"client_secret", FieldType::string, false}};
        FastApiErrors errors(fields);
        errors.check_members(rules);
        auto const type = text_of(fields, "grant_type");
        if (type && type != "password") {
            errors.add(
                "grant_type",
                "string_pattern_mismatch",
                "String should match pattern '^password$'",
                json::value(*type)
            );
        }
        if (!errors.empty()) return errors.response();
        if (form->at("username") == loyaltydog_mfa_username) return pending_grant();
        auto const& credentials = world_.options.credentials;
        if (form->at("username") != credentials.loyaltydog_username ||
            form->at("password") != credentials.loyaltydog_password) {
            auto refused = loyaltydog_detail(401, "Incorrect username or password");
            refused.headers.emplace_back("WWW-Authenticate", "Bearer");
            return refused;
        }
        auto token = "mock-issued-" + world_.ids.hex(32);
        tokens_.add(token, world_.now() + token_life);
        return json_response(
            200,
            {{"accessToken", token},
             {"tokenType", "bearer"},
             {"mfaPending", false},
             {"pendingToken", nullptr}}
        );
    }

    /// A second factor is asked for, and there is no usable token yet.
    MockResponse pending_grant() {
        return json_response(
            200,
            {{"accessToken", nullptr},
             {"tokenType", "bearer"},
             {"mfaPending", true},
             {"pendingToken", "mock-pending-" + world_.ids.hex(32)}}
        );
    }

    MockResponse checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 1> rules{FieldRule{"target", FieldType::string, true}};
        FastApiErrors errors(body);
        errors.check_members(rules);
        errors.check_length("target", 1, 255);
        if (!errors.empty()) return errors.response();
        auto const target = *text_of(body, "target");
        if (!is_email(target) && !is_e164(target)) {
            return loyaltydog_detail(400, "Invalid target format");
        }
        return script_.answer(MockStep::send, target, [&] { return send(target); });
    }

    MockResponse send(std::string const& target) {
        auto const now = world_.now();
        auto const& inbox = world_.inbox;
        if (inbox.sent_since("loyaltydog", target, now - std::chrono::hours(1)) >=
                max_sends_each_hour ||
            inbox.sent_since("loyaltydog", target, now - std::chrono::hours(24)) >=
                max_sends_each_day) {
            auto refused = loyaltydog_detail(429, "Rate limit exceeded");
            refused.headers.emplace_back("Retry-After", "3600");
            return refused;
        }
        std::string const channel = is_email(target) ? "email" : "sms";
        auto const code = world_.ids.code(6);
        world_.inbox.deliver({"loyaltydog", channel, target, target, code, now + code_life});
        json::object answer{
            {"success", true},
            {"message", "OTP sent successfully"},
            {"error", nullptr},
            {"otpType", channel == "sms" ? "phone" : "email"},
            {"mockCode", nullptr}};
        if (world_.options.development_mode) answer["mockCode"] = code;
        return json_response(200, answer);
    }

    MockResponse checked_verify(json::object const& body) {
        constexpr std::array<FieldRule, 3> rules{
            FieldRule{"target", FieldType::string, true},
            FieldRule{"code", FieldType::string, true},
            FieldRule{"name", FieldType::string_or_null, false}};
        FastApiErrors errors(body);
        errors.check_members(rules);
        errors.check_length("target", 1, 255);
        errors.check_length("name", 0, 255);
        auto const code = text_of(body, "code");
        if (code && (code->size() != 6 || !is_digits(*code))) {
            errors.add(
                "code",
                "string_pattern_mismatch",
                "String should match pattern '^\\d{6}$'",
                json::value(*code)
            );
        }
        if (!errors.empty()) return errors.response();
        auto const target = *text_of(body, "target");
        return script_.answer(MockStep::verify, target, [&] {
            return verify(target, *code, body.contains("name") ? body.at("name") : json::value());
        });
    }

    MockResponse verify(
        std::string const& target, std::string const& code, json::value const& name_value
    ) {
        auto const check = world_.inbox.check("loyaltydog", target, code, max_attempts);
        if (check != CodeCheck::approved) {
            return loyaltydog_detail(400, "Invalid code, expired, or too many attempts");
        }
        bool const email = is_email(target);
        json::object identity{
            {"id", world_.ids.hex(24)},
            {"email", email ? json::value(target) : json::value()},
            {"phone", email ? json::value() : json::value(target)},
            {"name", name_value},
            {"verified", true},
            {"verifiedAt", iso8601(world_.now())},
            {"trustLevel", "verified"}};
        auto session = "mock-session-" + world_.ids.hex(32);
        return json_response(
            200,
            {{"success", true},
             {"error", nullptr},
             {"verifiedTarget", target},
             {"otpType", email ? "email" : "phone"},
             {"sessionToken", session},
             {"identity", std::move(identity)}}
        );
    }

    MockWorld& world_;
    Script script_{make_loyaltydog_script()};
    IssuedTokens tokens_;
};

}  // namespace

std::unique_ptr<VendorMock> make_loyaltydog_mock(MockWorld& world) {
    return std::make_unique<LoyaltyDogMock>(world);
}

}  // namespace otp::mocks
