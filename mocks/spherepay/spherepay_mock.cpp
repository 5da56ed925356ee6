#include "spherepay/spherepay_mock.hpp"

#include "spherepay/spherepay_path.hpp"
#include "spherepay/spherepay_problem.hpp"
#include "spherepay/spherepay_reserved.hpp"
#include "wire/authorization.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"
#include "wire/wire_time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes code_expires_after{10};

/// A customer may have a code by phone and one by email at a time.
std::string code_key(std::string const& customer, std::string const& type) {
    return customer + "/" + type;
}

VendorDocument const& document_of(MockStep step) {
    return step == MockStep::send ? spherepay_send_document : spherepay_verify_document;
}

/// The wrong members of one body.
class FieldErrors {
public:
    FieldErrors(MockStep step, json::object const& body) : document_(document_of(step)) {
        constexpr std::array<FieldRule, 2> rules{
            FieldRule{"type", FieldType::string, true}, FieldRule{"code", FieldType::string, true}};
        auto const known = std::span(rules).first(step == MockStep::send ? 1 : 2);
        for (FieldProblem const& problem : check_fields(body, known)) {
            char const* text = " has the wrong type";
            if (problem.kind == FieldProblem::Kind::missing) text = " is required";
            if (problem.kind == FieldProblem::Kind::unknown) text = " is not known";
            add(problem.field, problem.field + text, document_.member(problem));
        }
        auto const type = text_of(body, "type");
        if (type && type != "phone" && type != "email") {
            add("type",
                "type must be phone or email",
                document_.member("type", "The type must be phone or email."));
        }
        auto const code = text_of(body, "code");
        if (step == MockStep::verify && code && (code->empty() || code->size() > 10)) {
            add("code",
                "code must have 1 to 10 characters",
                document_.member("code", "The code must have 1 to 10 characters."));
        }
    }

    /// 422, and why the first of them is wrong; nothing if all is well.
    [[nodiscard]] std::optional<Refusal> refusal(IdSource& ids) && {
        if (!first_) return std::nullopt;
        return spherepay_validation_failed(ids.hex(32), std::move(errors_), std::move(*first_));
    }

private:
    void add(std::string const& field, std::string const& detail, Explanation why) {
        errors_.push_back({{"detail", detail}, {"pointer", "/" + field}});
        if (!first_) first_ = std::move(why);
    }

    VendorDocument const& document_;
    json::array errors_;
    std::optional<Explanation> first_;
};

Explanation explain_credentials(MockRequest const& request) {
    return spherepay_credentials_document.header(
        "authorization",
        bearer_token(request)
            ? "The bearer token must be an API key of the account."
            : "Each request must carry Authorization: Bearer, one space, and the API key."
    );
}

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(SpherePayState& state, VendorContext const& context)
        : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
        auto const call = parse_spherepay_path(request.path);
        if (!call) {
            return spherepay_problem(
                404,
                "Resource not found",
                spherepay_send_document.path("The calls are /v2/customer/{id}/otp-send and "
                                             "/v2/customer/{id}/otp-verify."),
                "resource/not-found"
            );
        }
        auto const& document = document_of(call->step);
        if (request.method != "POST") {
            auto refused = spherepay_problem(405, "Method not allowed", document.method("POST"));
            refused.response.headers.emplace_back("Allow", "POST");
            return refused;
        }
        if (bearer_token(request) != state_.api_key) {
            return spherepay_problem(403, "Forbidden resource", explain_credentials(request));
        }
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) {
            return spherepay_problem(415, "Unsupported media type", document.body(body.problem));
        }
        if (body.problem != BodyProblem::none) {
            return spherepay_problem(
                400, "Invalid request parameters", document.body(body.problem)
            );
        }
        if (!request.query.empty()) {
            return spherepay_problem(400, "Invalid request parameters", document.query(request));
        }
        return answer_call(*call, body.object);
    }

private:
    VendorAnswer answer_call(SpherePayCall const& call, json::object const& body) {
        if (auto refused = FieldErrors(call.step, body).refusal(context_.ids)) {
            return std::move(*refused);
        }
        if (!is_spherepay_customer(call.customer)) {
            return spherepay_problem(
                404,
                "Resource not found",
                document_of(call.step).path("The id must be a customer's: customer_ with letters, "
                                            "digits and underscores after it."),
                "resource/not-found"
            );
        }
        return spherepay_reserved().answer(call.step, call.customer, "path", [&] {
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
            code_key(customer, type),
            context_.ids.code(6),
            expires_at};
        state_.codes.add(message);
        json::object const answered{{"customerId", customer}, {"expiresAt", iso8601(expires_at)}};
        return {json_response(200, answered), std::move(message)};
    }

    VendorAnswer verify(std::string const& customer, json::object const& body) {
        auto checked = state_.codes.check(
            code_key(customer, *text_of(body, "type")), *text_of(body, "code"), context_.now
        );
        if (checked.result != CodeCheck::approved) {
            // Documented without a status or code: "If the code is expired or incorrect, send a new
            // code".
            return {
                spherepay_problem(
                    400,
                    "The code is expired or incorrect",
                    spherepay_verify_document.code("code", checked.result)
                ),
                std::move(checked.settled)};
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

RequestSubject spherepay_subject(MockRequest const& request, SpherePayState const&) {
    auto const call = parse_spherepay_path(request.path);
    if (!call) return {};
    RequestSubject subject{
        call->step == MockStep::send ? RequestSubject::Step::send : RequestSubject::Step::verify};
    if (!is_spherepay_customer(call->customer)) return subject;
    subject.to = call->customer;
    auto const type = text_of(json_object_in(request), "type");
    if (type) subject.key = code_key(call->customer, *type);
    return subject;
}

}  // namespace otp::mocks
