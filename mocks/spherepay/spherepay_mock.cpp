#include "spherepay/spherepay_mock.hpp"

#include "spherepay/spherepay_problem.hpp"
#include "spherepay/spherepay_reserved.hpp"
#include "wire/authorization.hpp"
#include "wire/json_fields.hpp"
#include "wire/percent_decoding.hpp"
#include "wire/request_body.hpp"
#include "wire/wire_time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes code_expires_after{10};

struct Call {
    MockStep step;
    std::string customer;
};

/// `/v2/customer/{id}/otp-send` or `otp-verify`; nothing for any other path.
std::optional<Call> parse_path(std::string_view path) {
    constexpr std::string_view prefix = "/v2/customer/";
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    auto const slash = path.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto customer = percent_decoded(path.substr(0, slash));
    if (!customer) return std::nullopt;
    auto const operation = path.substr(slash + 1);
    if (operation == "otp-send") return Call{MockStep::send, std::move(*customer)};
    if (operation == "otp-verify") return Call{MockStep::verify, std::move(*customer)};
    return std::nullopt;
}

bool is_customer_id(std::string_view id) {
    constexpr std::string_view prefix = "customer_";
    if (!id.starts_with(prefix) || id.size() == prefix.size()) return false;
    return std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

json::array field_errors(MockStep step, json::object const& body) {
    constexpr std::array<FieldRule, 2> rules{
        FieldRule{"type", FieldType::string, true}, FieldRule{"code", FieldType::string, true}};
    auto const known = std::span(rules).first(step == MockStep::send ? 1 : 2);
    json::array errors;
    for (FieldProblem const& problem : check_fields(body, known)) {
        char const* text = " has the wrong type";
        if (problem.kind == FieldProblem::Kind::missing) text = " is required";
        if (problem.kind == FieldProblem::Kind::unknown) text = " is not known";
        errors.push_back({{"detail", problem.field + text}, {"pointer", "/" + problem.field}});
    }
    auto const type = text_of(body, "type");
    if (type && type != "phone" && type != "email") {
        errors.push_back({{"detail", "type must be phone or email"}, {"pointer", "/type"}});
    }
    auto const code = text_of(body, "code");
    if (step == MockStep::verify && code && (code->empty() || code->size() > 10)) {
        errors.push_back({{"detail", "code must have 1 to 10 characters"}, {"pointer", "/code"}});
    }
    return errors;
}

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(SpherePayState& state, VendorContext const& context)
        : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
        auto const call = parse_path(request.path);
        if (!call) return spherepay_problem(404, "Resource not found", "resource/not-found");
        if (request.method != "POST") {
            auto refused = spherepay_problem(405, "Method not allowed");
            refused.headers.emplace_back("Allow", "POST");
            return refused;
        }
        if (bearer_token(request) != state_.api_key) {
            return spherepay_problem(403, "Forbidden resource");
        }
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) {
            return spherepay_problem(415, "Unsupported media type");
        }
        if (body.problem != BodyProblem::none || !request.query.empty()) {
            return spherepay_problem(400, "Invalid request parameters");
        }
        return answer_call(*call, body.object);
    }

private:
    VendorAnswer answer_call(Call const& call, json::object const& body) {
        if (auto errors = field_errors(call.step, body); !errors.empty()) {
            return spherepay_validation_failed(context_.ids.hex(32), std::move(errors));
        }
        if (!is_customer_id(call.customer)) {
            return spherepay_problem(404, "Resource not found", "resource/not-found");
        }
        return spherepay_reserved().answer(call.step, call.customer, [&] {
            return call.step == MockStep::send ? send(call.customer, body)
                                               : verify(call.customer, body);
        });
    }

    VendorAnswer send(std::string const& customer, json::object const& body) {
        auto const type = *text_of(body, "type");
        auto const expires_at = context_.now + code_expires_after;
        SentMessage message{
            type == "phone" ? "sms" : "email",
            customer,
            customer + "/" + type,
            context_.ids.code(6),
            expires_at};
        state_.codes.add(message);
        json::object const answered{{"customerId", customer}, {"expiresAt", iso8601(expires_at)}};
        return {json_response(200, answered), std::move(message)};
    }

    VendorAnswer verify(std::string const& customer, json::object const& body) {
        auto checked = state_.codes.check(
            customer + "/" + *text_of(body, "type"), *text_of(body, "code"), context_.now
        );
        if (checked.result != CodeCheck::approved) {
            // Documented without a status or code: "If the code is expired or incorrect, send a new
            // code".
            return spherepay_problem(400, "The code is expired or incorrect");
        }
        json::object const approval{
            {"customerId", customer}, {"verifiedAt", iso8601(context_.now)}};
        return {json_response(200, approval), std::move(checked.settled)};
    }

    SpherePayState& state_;
    VendorContext const& context_;
};

}  // namespace

VendorAnswer answer_spherepay(
    MockRequest const& request, SpherePayState& state, VendorContext const& context
) {
    return Exchange(state, context).answer(request);
}

}  // namespace otp::mocks
