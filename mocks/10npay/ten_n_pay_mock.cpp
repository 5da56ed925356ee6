#include "10npay/ten_n_pay_mock.hpp"

#include "10npay/ten_n_pay_fields.hpp"
#include "10npay/ten_n_pay_grant.hpp"
#include "10npay/ten_n_pay_path.hpp"
#include "10npay/ten_n_pay_problem.hpp"
#include "10npay/ten_n_pay_reserved.hpp"
#include "wire/authorization.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;
using Operation = TenNPayOperation;

constexpr std::chrono::minutes code_expires_after{10};
/// Of `GET /User/{id}/status`.
constexpr int registered = 50;
constexpr int active = 200;

constexpr char phone_is_unique[] = "A phone number must belong to one user only.";

VendorDocument const& document_of(Operation operation) {
    switch (operation) {
        case Operation::send:
            return ten_n_pay_send_document;
        case Operation::resend:
            return ten_n_pay_resend_document;
        case Operation::verify:
            return ten_n_pay_verify_document;
        case Operation::status:
            return ten_n_pay_status_document;
        case Operation::token:
            break;
    }
    return ten_n_pay_grant_document;
}

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(TenNPayState& state, VendorContext const& context)
        : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
        auto const call = parse_ten_n_pay_path(request.path);
        if (!call) {
            return ten_n_pay_problem(
                404,
                "Not Found",
                {},
                ten_n_pay_send_document.path(
                    "The calls are /User/phone-number/send-code, "
                    "/User/{id}/phone-number/resend-code, /User/phone-number/verify, "
                    "/User/{id}/status and /connect/token."
                )
            );
        }
        auto const& document = document_of(call->operation);
        std::string const method = call->operation == Operation::status ? "GET" : "POST";
        if (request.method != method) {
            auto refused =
                ten_n_pay_problem(405, "Method Not Allowed", {}, document.method(method));
            refused.response.headers.emplace_back("Allow", method);
            return refused;
        }
        if (!request.query.empty()) {
            return ten_n_pay_refusal("Unexpected query.", document.query(request));
        }
        if (call->operation == Operation::token) {
            return grant_ten_n_pay_token(request, state_, context_);
        }
        if (!is_authorized(request)) return refuse_token(request);
        if (call->operation == Operation::resend) return checked_resend(request, call->user);
        if (call->operation == Operation::status) {
            return VendorAnswer(status(std::to_string(call->user)));
        }
        return answer_body(call->operation, request);
    }

private:
    [[nodiscard]] bool is_authorized(MockRequest const& request) const {
        auto const token = bearer_token(request);
        return token &&
               (*token == state_.account.access_token || state_.tokens.holds(*token, context_.now));
    }

    static Refusal refuse_token(MockRequest const& request) {
        auto response = empty_response(401);
        response.headers.emplace_back("WWW-Authenticate", "Bearer");
        char const* const demands =
            bearer_token(request)
                ? "The bearer token must be one that was granted, and not expired."
                : "Each request must carry Authorization: Bearer, one space, and an access token.";
        return {std::move(response), ten_n_pay_send_document.header("authorization", demands)};
    }

    VendorAnswer answer_body(Operation operation, MockRequest const& request) {
        auto const body = read_json_body(request);
        auto why = document_of(operation).body(body.problem);
        if (body.problem == BodyProblem::media_type) {
            return ten_n_pay_problem(415, "Unsupported Media Type", {}, std::move(why));
        }
        if (body.problem != BodyProblem::none) {
            return ten_n_pay_invalid(
                json::object{{"$", json::array{"The JSON value could not be converted."}}},
                std::move(why)
            );
        }
        return operation == Operation::send ? checked_send(body.object)
                                            : checked_verify(body.object);
    }

    VendorAnswer checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 3> rules{
            FieldRule{"id", FieldType::integer, true},
            FieldRule{"phoneNumber", FieldType::string, true},
            FieldRule{"correlationType", FieldType::integer, false}};
        if (auto refused = refuse_ten_n_pay_fields(body, rules, ten_n_pay_send_document)) {
            return std::move(*refused);
        }
        auto const user = std::to_string(ten_n_pay_number(body.at("id")));
        return ten_n_pay_reserved().answer(MockStep::send, user, "body /id", [&] {
            return send(
                user,
                *text_of(body, "phoneNumber"),
                ten_n_pay_send_document.member("phoneNumber", phone_is_unique)
            );
        });
    }

    /// `taken`: why a number of another user is refused.
    VendorAnswer send(std::string const& user, std::string const& phone, Explanation taken) {
        auto const owner = state_.owner_by_phone.find(phone);
        if (owner != state_.owner_by_phone.end()) {
            // Linked to this user: "already verified, in which case the call is still idempotent".
            if (owner->second == user) return VendorAnswer(empty_response(204));
            return ten_n_pay_refusal("Phone already registered", std::move(taken));
        }
        state_.phone_by_user.insert_or_assign(user, phone);
        SentMessage message{
            "sms", phone, user, context_.ids.code(6), context_.now + code_expires_after};
        state_.codes.add(message);
        return {empty_response(204), std::move(message)};
    }

    VendorAnswer checked_resend(MockRequest const& request, std::int64_t user_id) {
        auto const& document = ten_n_pay_resend_document;
        if (request.header("Content-Length") != "0" || !request.body.empty()) {
            auto why = request.body.empty()
                           ? document.header("content-length", "Content-Length: 0 must be sent.")
                           : document.body("The call must have no body.");
            return ten_n_pay_problem(400, "Bad Request", {}, std::move(why));
        }
        auto const user = std::to_string(user_id);
        return ten_n_pay_reserved().answer(MockStep::send, user, "path", [&]() -> VendorAnswer {
            auto const phone = state_.phone_by_user.find(user);
            if (phone == state_.phone_by_user.end()) {
                return ten_n_pay_refusal(
                    "Phone not eligible.",
                    document.path("A code must have been sent to the user's phone before.")
                );
            }
            return send(user, std::string(phone->second), document.path(phone_is_unique));
        });
    }

    VendorAnswer checked_verify(json::object const& body) {
        constexpr std::array<FieldRule, 3> rules{
            FieldRule{"id", FieldType::integer, true},
            FieldRule{"code", FieldType::string, true},
            FieldRule{"correlationType", FieldType::integer, false}};
        if (auto refused = refuse_ten_n_pay_fields(body, rules, ten_n_pay_verify_document)) {
            return std::move(*refused);
        }
        auto const user = std::to_string(ten_n_pay_number(body.at("id")));
        return ten_n_pay_reserved().answer(MockStep::verify, user, "body /id", [&] {
            return verify(user, *text_of(body, "code"));
        });
    }

    VendorAnswer verify(std::string const& user, std::string const& code) {
        auto checked = state_.codes.check(user, code, context_.now);
        if (checked.result != CodeCheck::approved) {
            return {
                ten_n_pay_refusal(
                    "Invalid code.", ten_n_pay_verify_document.code("code", checked.result)
                ),
                std::move(checked.settled)};
        }
        state_.owner_by_phone.insert_or_assign(state_.phone_by_user.at(user), user);
        return {empty_response(200), std::move(checked.settled)};
    }

    /// Registered, or Active once the phone number is verified.
    [[nodiscard]] MockResponse status(std::string const& user) const {
        auto const phone = state_.phone_by_user.find(user);
        auto const owner = phone == state_.phone_by_user.end()
                               ? state_.owner_by_phone.end()
                               : state_.owner_by_phone.find(phone->second);
        bool const verified = owner != state_.owner_by_phone.end() && owner->second == user;
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

    TenNPayState& state_;
    VendorContext const& context_;
};

RequestSubject::Step step_of(Operation operation) {
    switch (operation) {
        case Operation::send:
        case Operation::resend:
            return RequestSubject::Step::send;
        case Operation::verify:
            return RequestSubject::Step::verify;
        case Operation::token:
            return RequestSubject::Step::token;
        case Operation::status:
            break;
    }
    return RequestSubject::Step::other;
}

}  // namespace

VendorAnswer answer_ten_n_pay(
    MockRequest const& request, TenNPayState& state, VendorContext const& context
) {
    return Exchange(state, context).answer(request);
}

RequestSubject ten_n_pay_subject(MockRequest const& request, TenNPayState const& state) {
    auto const call = parse_ten_n_pay_path(request.path);
    if (!call) return {};
    RequestSubject subject{step_of(call->operation)};
    auto const body = json_object_in(request);
    auto const* id = body.if_contains("id");
    auto const user = call->user != 0 || id == nullptr ? call->user : ten_n_pay_number(*id);
    if (user > 0) subject.key = std::to_string(user);
    if (call->operation == Operation::send) {
        subject.to = name_in(body, "phoneNumber");
        return subject;
    }
    auto const phone = state.phone_by_user.find(subject.key);
    if (phone != state.phone_by_user.end()) subject.to = phone->second;
    return subject;
}

}  // namespace otp::mocks
