#include "loyaltydog_mock.hpp"

#include "authorization.hpp"
#include "request_body.hpp"
#include "wire_time.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes code_life{5};
constexpr std::chrono::hours token_life{1};
constexpr std::size_t max_attempts = 3;
constexpr std::size_t max_sends_each_hour = 5;
constexpr std::size_t max_sends_each_day = 10;

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_email(std::string_view target) {
    auto const at = target.find('@');
    return at != std::string_view::npos && at > 0 && at == target.rfind('@') &&
           target.find('.', at) != std::string_view::npos &&
           target.find(' ') == std::string_view::npos;
}

bool is_phone(std::string_view target) {
    return target.size() >= 8 && target.size() <= 16 && target[0] == '+' &&
           is_digits(target.substr(1));
}

json::object validation_error(
    std::string const& field, char const* type, char const* message, json::value const& input
) {
    return {
        {"loc", json::array{"body", field}}, {"msg", message}, {"type", type}, {"input", input}};
}

MockResponse validation_response(json::array detail) {
    return json_response(422, {{"detail", std::move(detail)}});
}

/// What FastAPI says of a body that does not fit its model.
json::array model_errors(json::object const& body, std::span<FieldRule const> rules) {
    json::array errors;
    for (FieldProblem const& problem : check_fields(body, rules)) {
        auto const* value = body.if_contains(problem.field);
        switch (problem.kind) {
            case FieldProblem::Kind::missing:
                errors.push_back(validation_error(problem.field, "missing", "Field required", body)
                );
                break;
            case FieldProblem::Kind::unknown:
                errors.push_back(validation_error(
                    problem.field, "extra_forbidden", "Extra inputs are not permitted", *value
                ));
                break;
            case FieldProblem::Kind::wrong_type:
                errors.push_back(validation_error(
                    problem.field, "string_type", "Input should be a valid string", *value
                ));
                break;
        }
    }
    return errors;
}

void check_length(
    json::array& errors,
    json::object const& body,
    char const* field,
    std::size_t min,
    std::size_t max
) {
    auto const text = text_of(body, field);
    if (text && text->size() < min) {
        auto error = validation_error(
            field, "string_too_short", "String should have at least 1 character", json::value(*text)
        );
        error["ctx"] = json::object{{"min_length", min}};
        errors.push_back(std::move(error));
    } else if (text && text->size() > max) {
        auto error = validation_error(
            field,
            "string_too_long",
            "String should have at most 255 characters",
            json::value(*text)
        );
        error["ctx"] = json::object{{"max_length", max}};
        errors.push_back(std::move(error));
    }
}

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
        if (body.problem == BodyProblem::syntax) {
            auto error = validation_error("0", "json_invalid", "JSON decode error", json::object());
            error["loc"] = json::array{"body", 0};
            error["ctx"] = json::object{{"error", "Expecting value"}};
            return validation_response(json::array{std::move(error)});
        }
        if (body.problem != BodyProblem::none) {
            auto error = validation_error(
                "",
                "model_attributes_type",
                "Input should be a valid dictionary or object to extract fields from",
                json::value(request.body)
            );
            error["loc"] = json::array{"body"};
            return validation_response(json::array{std::move(error)});
        }
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
        if (!form) {
            return validation_response(
                {validation_error("username", "missing", "Field required", nullptr),
                 validation_error("password", "missing", "Field required", nullptr)}
            );
        }
        json::array errors;
        for (char const* field : {"username", "password"}) {
            if (!form->contains(field)) {
                errors.push_back(validation_error(field, "missing", "Field required", nullptr));
            }
        }
        constexpr std::array<std::string_view, 6> known{
            "username", "password", "grant_type", "scope", "client_id", "client_secret"};
        for (auto const& [field, value] : *form) {
            if (std::ranges::find(known, field) == known.end()) {
                errors.push_back(validation_error(
                    field, "extra_forbidden", "Extra inputs are not permitted", json::value(value)
                ));
            } else if (field == "grant_type" && value != "password") {
                errors.push_back(validation_error(
                    field,
                    "string_pattern_mismatch",
                    "String should match pattern '^password$'",
                    json::value(value)
                ));
            }
        }
        if (!errors.empty()) return validation_response(std::move(errors));
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
            {{"accessToken", std::move(token)},
             {"tokenType", "bearer"},
             {"mfaPending", false},
             {"pendingToken", nullptr}}
        );
    }

    MockResponse checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 1> rules{FieldRule{"target", FieldType::string, true}};
        auto errors = model_errors(body, rules);
        check_length(errors, body, "target", 1, 255);
        if (!errors.empty()) return validation_response(std::move(errors));
        auto const target = *text_of(body, "target");
        if (!is_email(target) && !is_phone(target)) {
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
        auto errors = model_errors(body, rules);
        check_length(errors, body, "target", 1, 255);
        check_length(errors, body, "name", 0, 255);
        auto const code = text_of(body, "code");
        if (code && (code->size() != 6 || !is_digits(*code))) {
            errors.push_back(validation_error(
                "code",
                "string_pattern_mismatch",
                "String should match pattern '^\\d{6}$'",
                json::value(*code)
            ));
        }
        if (!errors.empty()) return validation_response(std::move(errors));
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
             {"sessionToken", std::move(session)},
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
