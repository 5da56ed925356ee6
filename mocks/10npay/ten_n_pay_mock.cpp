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

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(TenNPayState& state, VendorContext const& context)
        : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
        auto const call = parse_ten_n_pay_path(request.path);
        if (!call) return ten_n_pay_problem(404, "Not Found", {});
        std::string const method = call->operation == Operation::status ? "GET" : "POST";
        if (request.method != method) {
            auto refused = ten_n_pay_problem(405, "Method Not Allowed", {});
            refused.headers.emplace_back("Allow", method);
            return refused;
        }
        if (!request.query.empty()) return ten_n_pay_refusal("Unexpected query.");
        if (call->operation == Operation::token) {
            return grant_ten_n_pay_token(request, state_, context_);
        }
        if (!is_authorized(request)) {
            auto refused = empty_response(401);
            refused.headers.emplace_back("WWW-Authenticate", "Bearer");
            return refused;
        }
        if (call->operation == Operation::resend) return checked_resend(request, call->user);
        if (call->operation == Operation::status) return status(std::to_string(call->user));
        return answer_body(call->operation, request);
    }

private:
    [[nodiscard]] bool is_authorized(MockRequest const& request) const {
        auto const token = bearer_token(request);
        return token &&
               (*token == state_.account.access_token || state_.tokens.holds(*token, context_.now));
    }

    VendorAnswer answer_body(Operation operation, MockRequest const& request) {
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) {
            return ten_n_pay_problem(415, "Unsupported Media Type", {});
        }
        if (body.problem != BodyProblem::none) {
            return ten_n_pay_invalid(json::object{
                {"$", json::array{"The JSON value could not be converted."}}});
        }
        return operation == Operation::send ? checked_send(body.object)
                                            : checked_verify(body.object);
    }

    VendorAnswer checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 3> rules{
            FieldRule{"id", FieldType::integer, true},
            FieldRule{"phoneNumber", FieldType::string, true},
            FieldRule{"correlationType", FieldType::integer, false}};
        if (auto errors = ten_n_pay_field_errors(body, rules); !errors.empty()) {
            return ten_n_pay_invalid(std::move(errors));
        }
        auto const user = std::to_string(ten_n_pay_number(body.at("id")));
        return ten_n_pay_reserved().answer(MockStep::send, user, [&] {
            return send(user, *text_of(body, "phoneNumber"));
        });
    }

    VendorAnswer send(std::string const& user, std::string const& phone) {
        auto const owner = state_.owner_by_phone.find(phone);
        if (owner != state_.owner_by_phone.end()) {
            // Linked to this user: "already verified, in which case the call is still idempotent".
            return owner->second == user ? empty_response(204)
                                         : ten_n_pay_refusal("Phone already registered");
        }
        state_.phone_by_user.insert_or_assign(user, phone);
        SentMessage message{
            "sms", phone, user, context_.ids.code(6), context_.now + code_expires_after};
        state_.codes.add(message);
        return {empty_response(204), std::move(message)};
    }

    VendorAnswer checked_resend(MockRequest const& request, std::int64_t user_id) {
        if (request.header("Content-Length") != "0" || !request.body.empty()) {
            return ten_n_pay_problem(400, "Bad Request", {});
        }
        auto const user = std::to_string(user_id);
        return ten_n_pay_reserved().answer(MockStep::send, user, [&]() -> VendorAnswer {
            auto const phone = state_.phone_by_user.find(user);
            if (phone == state_.phone_by_user.end()) {
                return ten_n_pay_refusal("Phone not eligible.");
            }
            return send(user, std::string(phone->second));
        });
    }

    VendorAnswer checked_verify(json::object const& body) {
        constexpr std::array<FieldRule, 3> rules{
            FieldRule{"id", FieldType::integer, true},
            FieldRule{"code", FieldType::string, true},
            FieldRule{"correlationType", FieldType::integer, false}};
        if (auto errors = ten_n_pay_field_errors(body, rules); !errors.empty()) {
            return ten_n_pay_invalid(std::move(errors));
        }
        auto const user = std::to_string(ten_n_pay_number(body.at("id")));
        return ten_n_pay_reserved().answer(MockStep::verify, user, [&] {
            return verify(user, *text_of(body, "code"));
        });
    }

    VendorAnswer verify(std::string const& user, std::string const& code) {
        auto checked = state_.codes.check(user, code, context_.now);
        if (checked.result != CodeCheck::approved) return ten_n_pay_refusal("Invalid code.");
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

}  // namespace

VendorAnswer answer_ten_n_pay(
    MockRequest const& request, TenNPayState& state, VendorContext const& context
) {
    return Exchange(state, context).answer(request);
}

}  // namespace otp::mocks
