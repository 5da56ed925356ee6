#include "stytch_mock.hpp"

#include "authorization.hpp"
#include "request_body.hpp"
#include "stytch_request.hpp"
#include "wire_time.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 4> documented_recipients{
    "+10000000000", "sandbox@stytch.com", "+12025550162", "user@example.com"};

bool is_sandbox(std::string_view recipient) {
    return recipient == "+10000000000" || recipient == "sandbox@stytch.com";
}

/// A phone number or an email address, and what the last send to it said.
struct Method {
    std::string recipient;
    std::string user_id;
    json::object attributes;
};

class StytchMock final : public VendorMock {
public:
    explicit StytchMock(MockWorld& world) : world_(world) {}

    std::string_view name() const noexcept override { return "stytch"; }
    Script const& script() const noexcept override { return script_; }
    void reset() override {
        methods_.clear();
        method_ids_.clear();
        known_.clear();
    }

    MockResponse handle(MockRequest const& request) override {
        auto const call = parse_stytch_path(request.path);
        if (!call) return stytch_error("route_not_found");
        if (request.method != "POST") {
            auto refused = stytch_error("method_not_allowed");
            refused.headers.emplace_back("Allow", "POST");
            return refused;
        }
        auto const& credentials = world_.options.credentials;
        if (basic_credentials(request) !=
            std::pair(credentials.stytch_project_id, credentials.stytch_secret)) {
            return stytch_error("unauthorized_credentials");
        }
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) return stytch_error("unsupported_media_type");
        if (body.problem != BodyProblem::none || !request.query.empty()) {
            return stytch_error("bad_request");
        }
        if (auto const error = stytch_body_error(*call, body.object)) return stytch_error(*error);
        return call->operation == StytchOperation::authenticate ? checked_verify(body.object)
                                                                : checked_send(*call, body.object);
    }

private:
    MockResponse checked_send(StytchCall const& call, json::object const& body) {
        bool const email = call.channel == "email";
        auto const recipient = *text_of(body, email ? "email" : "phone_number");
        return script_.answer(MockStep::send, recipient, [&] {
            if (call.operation == StytchOperation::send && !is_known(recipient, body)) {
                return stytch_error(email ? "email_not_found" : "phone_number_not_found");
            }
            return send(call, recipient, body);
        });
    }

    bool is_known(std::string const& recipient, json::object const& body) const {
        if (known_.contains(recipient)) return true;
        // Adds the number to the named user.
        for (char const* field : {"user_id", "session_token", "session_jwt"}) {
            if (body.contains(field)) return true;
        }
        auto const is_obeyed = [&](ScriptedAnswer const& each) {
            return each.listed.recipient == recipient &&
                   (each.obeyed || each.listed.step == MockStep::verify);
        };
        return std::ranges::find(documented_recipients, recipient) != documented_recipients.end() ||
               std::ranges::any_of(script_.answers(), is_obeyed);
    }

    MockResponse send(
        StytchCall const& call, std::string const& recipient, json::object const& body
    ) {
        bool const email = call.channel == "email";
        bool const created = known_.insert(recipient).second;
        auto& method_id = method_ids_[recipient];
        if (method_id.empty()) {
            method_id = (email ? "email-test-" : "phone-number-test-") + world_.ids.uuid();
            methods_[method_id] = {recipient, "user-test-" + world_.ids.uuid(), {}};
        }
        Method& method = methods_[method_id];
        if (auto const user = text_of(body, "user_id")) method.user_id = *user;
        method.attributes.clear();
        if (auto const* attributes = body.if_contains("attributes")) {
            method.attributes = attributes->get_object();
        }
        auto const* minutes = body.if_contains("expiration_minutes");
        auto const life = std::chrono::minutes(minutes == nullptr ? 2 : minutes->get_int64());
        world_.inbox.deliver(
            {"stytch",
             call.channel,
             recipient,
             method_id,
             is_sandbox(recipient) ? "000000" : world_.ids.code(6),
             world_.now() + life}
        );
        json::object answer{
            {"request_id", request_id()},
            {"user_id", method.user_id},
            {email ? "email_id" : "phone_id", method_id},
            {"status_code", 200}};
        if (call.operation == StytchOperation::login_or_create) answer["user_created"] = created;
        return json_response(200, answer);
    }

    MockResponse checked_verify(json::object const& body) {
        auto const method = methods_.find(*text_of(body, "method_id"));
        if (method == methods_.end()) return stytch_error("invalid_method_id");
        return script_.answer(MockStep::verify, method->second.recipient, [&] {
            return verify(method->first, method->second, body);
        });
    }

    MockResponse verify(
        std::string const& method_id, Method const& method, json::object const& body
    ) {
        if (!attributes_match(method, body)) return stytch_error("attribute_mismatch");
        auto const code = *text_of(body, "code");
        if (auto const error = check_code(method_id, method, code)) return stytch_error(*error);
        auto const* minutes = body.if_contains("session_duration_minutes");
        json::value session;
        if (minutes != nullptr) {
            auto const end = world_.now() + std::chrono::minutes(minutes->get_int64());
            session = json::object{
                {"session_id", "session-test-" + world_.ids.uuid()},
                {"user_id", method.user_id},
                {"started_at", iso8601(world_.now())},
                {"expires_at", iso8601(end)}};
        }
        auto const token = [&](char const* prefix) {
            return minutes == nullptr ? std::string() : prefix + world_.ids.hex(40);
        };
        return json_response(
            200,
            {{"request_id", request_id()},
             {"user_id", method.user_id},
             {"method_id", method_id},
             {"session_token", token("mock-session-")},
             {"session_jwt", token("mock-jwt-")},
             {"session", std::move(session)},
             {"user", json::object{{"user_id", method.user_id}, {"status", "active"}}},
             {"reset_sessions", false},
             {"status_code", 200}}
        );
    }

    std::optional<std::string_view> check_code(
        std::string const& method_id, Method const& method, std::string const& code
    ) {
        if (is_sandbox(method.recipient)) {
            if (code != "000000") return "otp_code_not_found";
            static_cast<void>(world_.inbox.check("stytch", method_id, code));
            return std::nullopt;
        }
        switch (world_.inbox.check("stytch", method_id, code)) {
            case CodeCheck::approved:
                return std::nullopt;
            case CodeCheck::wrong:
                return "otp_code_not_found";
            default:
                return "unable_to_auth_otp_code";
        }
    }

    /// `options.ip_match_required` and `user_agent_match_required` compare with the send's values.
    static bool attributes_match(Method const& method, json::object const& body) {
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

    std::string request_id() { return "request-id-test-" + world_.ids.uuid(); }

    MockWorld& world_;
    Script script_{make_stytch_script()};
    std::map<std::string, Method> methods_;
    std::map<std::string, std::string> method_ids_;
    std::set<std::string> known_;
};

}  // namespace

std::unique_ptr<VendorMock> make_stytch_mock(MockWorld& world) {
    return std::make_unique<StytchMock>(world);
}

}  // namespace otp::mocks
