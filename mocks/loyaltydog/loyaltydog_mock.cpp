#include "loyaltydog/loyaltydog_mock.hpp"

#include "loyaltydog/fastapi_errors.hpp"
#include "loyaltydog/loyaltydog_detail.hpp"
#include "loyaltydog/loyaltydog_grant.hpp"
#include "loyaltydog/loyaltydog_reserved.hpp"
#include "wire/json_fields.hpp"
#include "wire/recipient_shape.hpp"
#include "wire/request_body.hpp"
#include "wire/wire_time.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes code_expires_after{5};
constexpr std::size_t max_attempts = 3;
constexpr std::size_t max_sends_each_hour = 5;
constexpr std::size_t max_sends_each_day = 10;

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(LoyaltyDogState& state, VendorContext const& context)
        : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
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
        if (is_token) return grant_loyaltydog_token(request, state_, context_);
        if (auto refused = refuse_loyaltydog_token(request, state_, context_.now)) {
            return std::move(*refused);
        }
        auto const body = read_json_body(request);
        if (body.problem != BodyProblem::none) return fastapi_body_error(request, body.problem);
        return is_send ? checked_send(body.object) : checked_verify(body.object);
    }

private:
    VendorAnswer checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 1> rules{FieldRule{"target", FieldType::string, true}};
        FastApiErrors errors(body);
        errors.check_members(rules);
        errors.check_length("target", 1, 255);
        if (!errors.empty()) return errors.response();
        auto const target = *text_of(body, "target");
        if (!is_email(target) && !is_e164(target)) {
            return loyaltydog_detail(400, "Invalid target format");
        }
        return loyaltydog_reserved().answer(MockStep::send, target, [&] { return send(target); });
    }

    [[nodiscard]] bool is_over_limit(std::string const& target) const {
        auto const sent_within = [&](std::chrono::hours past) {
            return state_.sends.after(context_.now - past, target);
        };
        return sent_within(std::chrono::hours(1)) >= max_sends_each_hour ||
               sent_within(std::chrono::hours(24)) >= max_sends_each_day;
    }

    VendorAnswer send(std::string const& target) {
        if (is_over_limit(target)) {
            auto refused = loyaltydog_detail(429, "Rate limit exceeded");
            refused.headers.emplace_back("Retry-After", "3600");
            return refused;
        }
        bool const email = is_email(target);
        auto const code = context_.ids.code(6);
        SentMessage message{
            email ? "email" : "sms", target, target, code, context_.now + code_expires_after};
        state_.codes.add(message);
        state_.sends.add(target, context_.now);
        json::object body{
            {"success", true},
            {"message", "OTP sent successfully"},
            {"error", nullptr},
            {"otpType", email ? "email" : "phone"},
            {"mockCode", nullptr}};
        if (state_.account.development_mode) body["mockCode"] = code;
        return {json_response(200, body), std::move(message)};
    }

    VendorAnswer checked_verify(json::object const& body) {
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
        return loyaltydog_reserved().answer(MockStep::verify, target, [&] {
            return verify(target, *code, body.contains("name") ? body.at("name") : json::value());
        });
    }

    VendorAnswer verify(
        std::string const& target, std::string const& code, json::value const& name_value
    ) {
        auto checked = state_.codes.check(target, code, context_.now, max_attempts);
        auto response = checked.result == CodeCheck::approved
                            ? approval(target, name_value)
                            : loyaltydog_detail(400, "Invalid code, expired, or too many attempts");
        return {std::move(response), std::move(checked.settled)};
    }

    [[nodiscard]] MockResponse approval(std::string const& target, json::value const& name_value) {
        bool const email = is_email(target);
        json::object identity{
            {"id", context_.ids.hex(24)},
            {"email", email ? json::value(target) : json::value()},
            {"phone", email ? json::value() : json::value(target)},
            {"name", name_value},
            {"verified", true},
            {"verifiedAt", iso8601(context_.now)},
            {"trustLevel", "verified"}};
        auto session = "mock-session-" + context_.ids.hex(32);
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

    LoyaltyDogState& state_;
    VendorContext const& context_;
};

}  // namespace

VendorAnswer answer_loyaltydog(
    MockRequest const& request, LoyaltyDogState& state, VendorContext const& context
) {
    return Exchange(state, context).answer(request);
}

}  // namespace otp::mocks
