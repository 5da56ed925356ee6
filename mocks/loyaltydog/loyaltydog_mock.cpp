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

constexpr char token_path[] = "/v2/token";
constexpr char send_path[] = "/v2/giftcards/customers/otp/send";
constexpr char verify_path[] = "/v2/giftcards/customers/otp/verify";
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
        bool const is_token = request.path == token_path;
        bool const is_send = request.path == send_path;
        bool const is_verify = request.path == verify_path;
        if (!is_token && !is_send && !is_verify) return refuse_path();
        auto const& document = is_token  ? loyaltydog_grant_document
                               : is_send ? loyaltydog_send_document
                                         : loyaltydog_verify_document;
        if (request.method != "POST") {
            auto refused = loyaltydog_detail(405, "Method Not Allowed", document.method("POST"));
            refused.response.headers.emplace_back("Allow", "POST");
            return refused;
        }
        if (!request.query.empty()) {
            return loyaltydog_detail(400, "Unexpected query parameters", document.query(request));
        }
        if (is_token) return grant_loyaltydog_token(request, state_, context_);
        if (auto refused = refuse_loyaltydog_token(request, state_, context_.now)) {
            return std::move(*refused);
        }
        auto const body = read_json_body(request);
        if (body.problem != BodyProblem::none) {
            return fastapi_body_error(request, body.problem, document);
        }
        return is_send ? checked_send(body.object) : checked_verify(body.object);
    }

private:
    static Refusal refuse_path() {
        return loyaltydog_detail(
            404,
            "Not Found",
            loyaltydog_send_document.path("The calls are /v2/giftcards/customers/otp/send, "
                                          "/v2/giftcards/customers/otp/verify and /v2/token.")
        );
    }

    VendorAnswer checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 1> rules{FieldRule{"target", FieldType::string, true}};
        FastApiErrors errors(body, loyaltydog_send_document);
        errors.check_members(rules);
        errors.check_length("target", 1, 255);
        if (auto refused = std::move(errors).refusal()) return std::move(*refused);
        auto const target = *text_of(body, "target");
        if (!is_email(target) && !is_e164(target)) {
            return loyaltydog_detail(
                400,
                "Invalid target format",
                loyaltydog_send_document.member(
                    "target", "The target must be an email address or a phone number."
                )
            );
        }
        return loyaltydog_reserved().answer(MockStep::send, target, "body /target", [&] {
            return send(target);
        });
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
            auto refused = loyaltydog_detail(
                429,
                "Rate limit exceeded",
                loyaltydog_send_document.member(
                    "target", "A target may be sent 5 codes an hour and 10 a day."
                )
            );
            refused.response.headers.emplace_back("Retry-After", "3600");
            return refused;
        }
        bool const email = is_email(target);
        auto const code = context_.ids.code(6);
        SentMessage message{
            email ? "email" : "sms",
            target,
            target,
            code,
            context_.now + code_expires_after,
            max_attempts};
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
        FastApiErrors errors(body, loyaltydog_verify_document);
        errors.check_members(rules);
        errors.check_length("target", 1, 255);
        errors.check_length("name", 0, 255);
        auto const code = text_of(body, "code");
        if (code && (code->size() != 6 || !is_digits(*code))) {
            errors.add_mismatch("code", "^\\d{6}$", "The code must have exactly 6 digits.");
        }
        if (auto refused = std::move(errors).refusal()) return std::move(*refused);
        auto const target = *text_of(body, "target");
        return loyaltydog_reserved().answer(MockStep::verify, target, "body /target", [&] {
            return verify(target, *code, body.contains("name") ? body.at("name") : json::value());
        });
    }

    VendorAnswer verify(
        std::string const& target, std::string const& code, json::value const& name_value
    ) {
        auto checked = state_.codes.check(target, code, context_.now);
        if (checked.result == CodeCheck::approved) {
            return {approval(target, name_value), std::move(checked.settled)};
        }
        return {
            loyaltydog_detail(
                400, "Invalid code, expired, or too many attempts", explain(checked.result)
            ),
            std::move(checked.settled)};
    }

    static Explanation explain(CodeCheck result) {
        auto why = loyaltydog_verify_document.code("code", result);
        if (result == CodeCheck::expired) why.demands = "A code must be checked within 5 minutes.";
        if (result == CodeCheck::locked) {
            why.demands = "A code may be tried 3 times; then a new one must be sent.";
        }
        return why;
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

RequestSubject loyaltydog_subject(MockRequest const& request, LoyaltyDogState const&) {
    using enum RequestSubject::Step;
    if (request.path == token_path) return {token};
    bool const is_send = request.path == send_path;
    if (!is_send && request.path != verify_path) return {};
    auto target = name_in(json_object_in(request), "target");
    return {is_send ? send : verify, target, target};
}

}  // namespace otp::mocks
