#include "stytch/stytch_mock.hpp"

#include "stytch/stytch_error.hpp"
#include "stytch/stytch_request.hpp"
#include "stytch/stytch_reserved.hpp"
#include "wire/authorization.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"
#include "wire/wire_time.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> documented_recipients{
    "+10000000000", "sandbox@stytch.com", "+12025550162", "user@example.com"};
constexpr std::string_view sandbox_code = "000000";
constexpr std::chrono::minutes default_expiry{2};

bool is_sandbox(std::string_view recipient) {
    return recipient == "+10000000000" || recipient == "sandbox@stytch.com";
}

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(StytchState& state, VendorContext const& context) : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
        auto const call = parse_stytch_path(request.path);
        if (!call) return stytch_error("route_not_found");
        if (request.method != "POST") {
            auto refused = stytch_error("method_not_allowed");
            refused.response.headers.emplace_back("Allow", "POST");
            return refused;
        }
        if (basic_credentials(request) !=
            std::pair(state_.account.project_id, state_.account.secret)) {
            return stytch_error("unauthorized_credentials");
        }
        auto const& document = call->operation == StytchOperation::authenticate
                                   ? stytch_verify_document
                                   : stytch_send_document;
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) return stytch_error("unsupported_media_type");
        if (body.problem != BodyProblem::none) {
            return stytch_error("bad_request", document.body(body.problem));
        }
        if (!request.query.empty()) return stytch_error("bad_request", document.query(request));
        if (auto refused = refuse_stytch_body(*call, body.object)) return std::move(*refused);
        return call->operation == StytchOperation::authenticate ? checked_verify(body.object)
                                                                : checked_send(*call, body.object);
    }

private:
    VendorAnswer checked_send(StytchCall const& call, json::object const& body) {
        bool const email = call.channel == "email";
        auto const recipient = *text_of(body, email ? "email" : "phone_number");
        auto const* const stands_in = email ? "body /email" : "body /phone_number";
        auto const obey = [&]() -> VendorAnswer {
            if (call.operation == StytchOperation::send && !is_known(recipient, body)) {
                return stytch_error(email ? "email_not_found" : "phone_number_not_found");
            }
            return send(call, recipient, body);
        };
        return stytch_reserved().answer(MockStep::send, recipient, stands_in, obey);
    }

    [[nodiscard]] bool is_known(std::string const& recipient, json::object const& body) const {
        if (state_.known_recipients.contains(recipient)) return true;
        // Adds the number to the named user.
        for (char const* field : {"user_id", "session_token", "session_jwt"}) {
            if (body.contains(field)) return true;
        }
        auto const is_obeyed = [&](ReservedAnswer const& each) {
            return each.listed.recipient == recipient &&
                   (each.obeyed || each.listed.step == MockStep::verify);
        };
        return std::ranges::find(documented_recipients, recipient) != documented_recipients.end() ||
               std::ranges::any_of(stytch_reserved().all(), is_obeyed);
    }

    VendorAnswer send(
        StytchCall const& call, std::string const& recipient, json::object const& body
    ) {
        bool const email = call.channel == "email";
        bool const created = state_.known_recipients.insert(recipient);
        auto const& method_id = method_id_of(recipient, email);
        auto& method = state_.methods.at(method_id);
        if (auto const user = text_of(body, "user_id")) method.user_id = *user;
        method.attributes.clear();
        if (auto const* attributes = body.if_contains("attributes")) {
            method.attributes = attributes->get_object();
        }
        auto message = message_for(call, recipient, method_id, body);
        state_.codes.add(message);
        json::object answered{
            {"request_id", request_id()},
            {"user_id", method.user_id},
            {email ? "email_id" : "phone_id", method_id},
            {"status_code", 200}};
        if (call.operation == StytchOperation::login_or_create) answered["user_created"] = created;
        return {json_response(200, answered), std::move(message)};
    }

    /// The same for each send to a recipient.
    std::string const& method_id_of(std::string const& recipient, bool email) {
        auto& method_id = state_.method_id_by_recipient[recipient];
        if (method_id.empty()) {
            method_id = (email ? "email-test-" : "phone-number-test-") + context_.ids.uuid();
            state_.methods[method_id] = {recipient, "user-test-" + context_.ids.uuid(), {}};
        }
        return method_id;
    }

    [[nodiscard]] SentMessage message_for(
        StytchCall const& call,
        std::string const& recipient,
        std::string const& method_id,
        json::object const& body
    ) const {
        auto const* minutes = body.if_contains("expiration_minutes");
        auto const expires_after =
            minutes == nullptr ? default_expiry : std::chrono::minutes(minutes->get_int64());
        return {
            call.channel,
            recipient,
            method_id,
            is_sandbox(recipient) ? std::string(sandbox_code) : context_.ids.code(6),
            context_.now + expires_after};
    }

    VendorAnswer checked_verify(json::object const& body) {
        auto const method = state_.methods.find(*text_of(body, "method_id"));
        if (method == state_.methods.end()) return stytch_error("invalid_method_id");
        auto const obey = [&] { return verify(method->first, method->second, body); };
        return stytch_reserved().answer(
            MockStep::verify, method->second.recipient, "body /method_id", obey
        );
    }

    VendorAnswer verify(
        std::string const& method_id, StytchState::Method const& method, json::object const& body
    ) {
        if (!attributes_match(method, body)) return stytch_error("attribute_mismatch");
        auto const code = *text_of(body, "code");
        // A wrong code is no try for the sandbox, nor is a right one ever too late.
        bool const sandbox = is_sandbox(method.recipient);
        if (sandbox && code != sandbox_code) {
            return stytch_error(
                "otp_code_not_found",
                stytch_sandbox_document.member("code", "The code of the sandbox is 000000.")
            );
        }
        auto checked = state_.codes.check(method_id, code, context_.now);
        if (!sandbox && checked.result != CodeCheck::approved) {
            auto const* const error = checked.result == CodeCheck::wrong
                                          ? "otp_code_not_found"
                                          : "unable_to_auth_otp_code";
            auto why = stytch_verify_document.code("code", checked.result);
            return {stytch_error(error, std::move(why)), std::move(checked.settled)};
        }
        return {approval(method_id, method, body), std::move(checked.settled)};
    }

    [[nodiscard]] MockResponse approval(
        std::string const& method_id, StytchState::Method const& method, json::object const& body
    ) const {
        auto session = session_of(method, body);
        auto const token = [&](char const* prefix) {
            return session.is_null() ? std::string() : prefix + context_.ids.hex(40);
        };
        return json_response(
            200,
            {{"request_id", request_id()},
             {"user_id", method.user_id},
             {"method_id", method_id},
             {"session_token", token("mock-session-")},
             {"session_jwt", token("mock-jwt-")},
             {"session", session},
             {"user", json::object{{"user_id", method.user_id}, {"status", "active"}}},
             {"reset_sessions", false},
             {"status_code", 200}}
        );
    }

    /// Null if the request asks for none.
    [[nodiscard]] json::value session_of(
        StytchState::Method const& method, json::object const& body
    ) const {
        auto const* minutes = body.if_contains("session_duration_minutes");
        if (minutes == nullptr) return nullptr;
        auto const end = context_.now + std::chrono::minutes(minutes->get_int64());
        return json::object{
            {"session_id", "session-test-" + context_.ids.uuid()},
            {"user_id", method.user_id},
            {"started_at", iso8601(context_.now)},
            {"expires_at", iso8601(end)}};
    }

    /// `options.ip_match_required` and `user_agent_match_required` compare with the send's values.
    static bool attributes_match(StytchState::Method const& method, json::object const& body) {
        auto const* options = body.if_contains("options");
        if (options == nullptr) return true;
        auto const* attributes = body.if_contains("attributes");
        json::object const none;
        auto const& given = attributes == nullptr ? none : attributes->get_object();
        auto const fits = [&](char const* option, char const* attribute) {
            auto const* required = options->get_object().if_contains(option);
            if (required == nullptr || !required->get_bool()) return true;
            auto const value = text_of(given, attribute);
            return value && value == text_of(method.attributes, attribute);
        };
        return fits("ip_match_required", "ip_address") &&
               fits("user_agent_match_required", "user_agent");
    }

    [[nodiscard]] std::string request_id() const {
        return "request-id-test-" + context_.ids.uuid();
    }

    StytchState& state_;
    VendorContext const& context_;
};

}  // namespace

VendorAnswer answer_stytch(
    MockRequest const& request, StytchState& state, VendorContext const& context
) {
    return Exchange(state, context).answer(request);
}

RequestSubject stytch_subject(MockRequest const& request, StytchState const& state) {
    using enum RequestSubject::Step;
    auto const call = parse_stytch_path(request.path);
    if (!call) return {};
    auto const body = json_object_in(request);
    if (call->operation == StytchOperation::authenticate) {
        RequestSubject subject{verify, {}, name_in(body, "method_id")};
        auto const method = state.methods.find(subject.key);
        if (method != state.methods.end()) subject.to = method->second.recipient;
        return subject;
    }
    RequestSubject subject{
        RequestSubject::Step::send,
        name_in(body, call->channel == "email" ? "email" : "phone_number")};
    auto const method = state.method_id_by_recipient.find(subject.to);
    if (method != state.method_id_by_recipient.end()) subject.key = method->second;
    return subject;
}

}  // namespace otp::mocks
