#include "ten_n_pay_mock.hpp"

#include "authorization.hpp"
#include "recipient_shape.hpp"
#include "request_body.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes code_life{10};
constexpr std::chrono::seconds token_life{3600};
/// Of `GET /User/{id}/status`.
constexpr int registered = 50;
constexpr int active = 200;

enum class Operation { send, resend, verify, status, token };

struct Call {
    Operation operation;
    /// Of a resend or a status.
    std::int64_t user{0};
};

/// The user in `/User/{id}` and `suffix`.
std::optional<std::int64_t> user_in(std::string_view path, std::string_view suffix) {
    constexpr std::string_view prefix = "/User/";
    if (!path.starts_with(prefix) || !path.ends_with(suffix) ||
        path.size() <= prefix.size() + suffix.size()) {
        return std::nullopt;
    }
    auto const id = path.substr(prefix.size(), path.size() - prefix.size() - suffix.size());
    std::int32_t user = 0;
    auto const [end, error] = std::from_chars(id.data(), id.data() + id.size(), user);
    if (error != std::errc() || end != id.data() + id.size() || user < 1) return std::nullopt;
    return user;
}

std::optional<Call> parse_path(std::string_view path) {
    if (path == "/connect/token") return Call{Operation::token};
    if (path == "/User/phone-number/send-code") return Call{Operation::send};
    if (path == "/User/phone-number/verify") return Call{Operation::verify};
    if (auto const user = user_in(path, "/phone-number/resend-code")) {
        return Call{Operation::resend, *user};
    }
    if (auto const user = user_in(path, "/status")) return Call{Operation::status, *user};
    return std::nullopt;
}

/// An integer; -1, which no field allows, beyond the range of 64 bits with a sign.
std::int64_t number_of(json::value const& value) {
    auto const* number = value.if_int64();
    return number == nullptr ? -1 : *number;
}

/// ASP.NET's spelling of a field's name in error keys.
std::string pascal_case(std::string name) {
    if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') {
        name[0] = static_cast<char>(name[0] - 'a' + 'A');
    }
    return name;
}

class TenNPayMock final : public VendorMock {
public:
    explicit TenNPayMock(MockWorld& world) : world_(world) {}

    std::string_view name() const noexcept override { return "10npay"; }
    Script const& script() const noexcept override { return script_; }
    void revoke_tokens() override { tokens_.clear(); }
    void reset() override {
        tokens_.clear();
        phone_by_user_.clear();
        owner_by_phone_.clear();
    }

    MockResponse handle(MockRequest const& request) override {
        auto const call = parse_path(request.path);
        if (!call) return ten_n_pay_problem(404, "Not Found", {});
        std::string const method = call->operation == Operation::status ? "GET" : "POST";
        if (request.method != method) {
            auto refused = ten_n_pay_problem(405, "Method Not Allowed", {});
            refused.headers.emplace_back("Allow", method);
            return refused;
        }
        if (!request.query.empty()) return ten_n_pay_refusal("Unexpected query.");
        if (call->operation == Operation::token) return grant(request);
        if (!is_authorized(request)) {
            auto refused = empty_response(401);
            refused.headers.emplace_back("WWW-Authenticate", "Bearer");
            return refused;
        }
        if (call->operation == Operation::resend) return checked_resend(request, call->user);
        if (call->operation == Operation::status) return status(std::to_string(call->user));
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) {
            return ten_n_pay_problem(415, "Unsupported Media Type", {});
        }
        if (body.problem != BodyProblem::none) {
            return ten_n_pay_problem(
                400,
                "One or more validation errors occurred.",
                json::object{{"$", json::array{"The JSON value could not be converted."}}}
            );
        }
        return call->operation == Operation::send ? checked_send(body.object)
                                                  : checked_verify(body.object);
    }

private:
    bool is_authorized(MockRequest const& request) const {
        auto const token = bearer_token(request);
        return token && (*token == world_.options.credentials.ten_n_pay_access_token ||
                         tokens_.holds(*token, world_.now()));
    }

    /// Client credentials, in the body or as Basic (RFC 6749 2.3.1 and 4.4).
    MockResponse grant(MockRequest const& request) {
        auto const form = read_form_body(request);
        auto const fail = [](int status, char const* error) {
            return json_response(status, {{"error", error}});
        };
        if (!form || !form->contains("grant_type")) return fail(400, "invalid_request");
        constexpr std::array<std::string_view, 4> known{
            "grant_type", "client_id", "client_secret", "scope"};
        for (auto const& [field, value] : *form) {
            if (std::ranges::find(known, field) == known.end()) return fail(400, "invalid_request");
        }
        if (form->at("grant_type") != "client_credentials") {
            return fail(400, "unsupported_grant_type");
        }
        auto client = basic_credentials(request);
        bool const in_body = form->contains("client_id") && form->contains("client_secret");
        if (client && form->contains("client_secret")) return fail(400, "invalid_request");
        if (!client && in_body) client.emplace(form->at("client_id"), form->at("client_secret"));
        auto const& credentials = world_.options.credentials;
        if (!client || client->first != credentials.ten_n_pay_client_id ||
            client->second != credentials.ten_n_pay_client_secret) {
            return fail(in_body ? 400 : 401, "invalid_client");
        }
        auto token = "mock-issued-" + world_.ids.hex(32);
        tokens_.add(token, world_.now() + token_life);
        auto response = json_response(
            200,
            {{"access_token", token},
             {"expires_in", token_life.count()},
             {"token_type", "Bearer"},
             {"scope", form->contains("scope") ? form->at("scope") : "api"}}
        );
        response.headers.emplace_back("Cache-Control", "no-store");
        return response;
    }

    static json::object field_errors(json::object const& body, std::span<FieldRule const> rules) {
        json::object errors;
        auto const add = [&](std::string const& field, std::string const& text) {
            errors[pascal_case(field)] = json::array{json::value(text)};
        };
        for (FieldProblem const& problem : check_fields(body, rules)) {
            auto const label = "The " + pascal_case(problem.field) + " field ";
            switch (problem.kind) {
                case FieldProblem::Kind::missing:
                    add(problem.field, label + "is required.");
                    break;
                case FieldProblem::Kind::unknown:
                    add(problem.field, label + "is unknown.");
                    break;
                case FieldProblem::Kind::wrong_type:
                    add(problem.field, label + "has the wrong type.");
                    break;
            }
        }
        if (!errors.empty()) return errors;
        auto const id = number_of(body.at("id"));
        if (id < 1 || id > std::numeric_limits<std::int32_t>::max()) {
            add("id", "The Id field must be between 1 and 2147483647.");
        }
        if (auto const* type = body.if_contains("correlationType")) {
            auto const number = number_of(*type);
            if (number != 0 && number != 1) {
                add("correlationType", "The CorrelationType field is invalid.");
            }
        }
        auto const phone = text_of(body, "phoneNumber");
        if (phone && !is_e164(*phone)) {
            add("phoneNumber", "The PhoneNumber field is not a valid phone number.");
        }
        if (text_of(body, "code") == "") add("code", "The Code field is required.");
        return errors;
    }

    static MockResponse invalid(json::object errors) {
        return ten_n_pay_problem(400, "One or more validation errors occurred.", std::move(errors));
    }

    MockResponse checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 3> rules{
            FieldRule{"id", FieldType::integer, true},
            FieldRule{"phoneNumber", FieldType::string, true},
            FieldRule{"correlationType", FieldType::integer, false}};
        if (auto errors = field_errors(body, rules); !errors.empty()) {
            return invalid(std::move(errors));
        }
        auto const user = std::to_string(number_of(body.at("id")));
        return script_.answer(MockStep::send, user, [&] {
            return send(user, *text_of(body, "phoneNumber"));
        });
    }

    MockResponse send(std::string const& user, std::string const& phone) {
        if (auto const owner = owner_by_phone_.find(phone); owner != owner_by_phone_.end()) {
            // Linked to this user: "already verified, in which case the call is still idempotent".
            return owner->second == user ? empty_response(204)
                                         : ten_n_pay_refusal("Phone already registered");
        }
        phone_by_user_.insert_or_assign(user, phone);
        world_.inbox.deliver(
            {"10npay", "sms", phone, user, world_.ids.code(6), world_.now() + code_life}
        );
        return empty_response(204);
    }

    MockResponse checked_resend(MockRequest const& request, std::int64_t user_id) {
        if (request.header("Content-Length") != "0" || !request.body.empty()) {
            return ten_n_pay_problem(400, "Bad Request", {});
        }
        auto const user = std::to_string(user_id);
        auto const phone = phone_by_user_.find(user);
        return script_.answer(MockStep::send, user, [&] {
            return phone == phone_by_user_.end() ? ten_n_pay_refusal("Phone not eligible.")
                                                 : send(user, std::string(phone->second));
        });
    }

    MockResponse checked_verify(json::object const& body) {
        constexpr std::array<FieldRule, 3> rules{
            FieldRule{"id", FieldType::integer, true},
            FieldRule{"code", FieldType::string, true},
            FieldRule{"correlationType", FieldType::integer, false}};
        if (auto errors = field_errors(body, rules); !errors.empty()) {
            return invalid(std::move(errors));
        }
        auto const user = std::to_string(number_of(body.at("id")));
        return script_.answer(MockStep::verify, user, [&] {
            return verify(user, *text_of(body, "code"));
        });
    }

    MockResponse verify(std::string const& user, std::string const& code) {
        if (world_.inbox.check("10npay", user, code) != CodeCheck::approved) {
            return ten_n_pay_refusal("Invalid code.");
        }
        owner_by_phone_.insert_or_assign(phone_by_user_.at(user), user);
        return empty_response(200);
    }

    /// Registered, or Active once the phone number is verified.
    MockResponse status(std::string const& user) const {
        auto const phone = phone_by_user_.find(user);
        auto const owner = phone == phone_by_user_.end() ? owner_by_phone_.end()
                                                         : owner_by_phone_.find(phone->second);
        bool const verified = owner != owner_by_phone_.end() && owner->second == user;
        return json_response(
            200,
            {{"isEmailVerified", false},
             {"isPhoneNumberVerified", verified},
             {"isScaVerified", false},
             {"isAdditionalData", false},
             {"isOptionalKyc", false},
             {"status", verified ? active : registered}}
        );
    }

    MockWorld& world_;
    Script script_{make_ten_n_pay_script()};
    IssuedTokens tokens_;
    std::map<std::string, std::string> phone_by_user_;
    /// Verified numbers: "The server enforces uniqueness".
    std::map<std::string, std::string> owner_by_phone_;
};

}  // namespace

std::unique_ptr<VendorMock> make_ten_n_pay_mock(MockWorld& world) {
    return std::make_unique<TenNPayMock>(world);
}

}  // namespace otp::mocks
