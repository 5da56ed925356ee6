#include "eko/eko_mock.hpp"

#include "eko/eko_envelope.hpp"
#include "eko/eko_fields.hpp"
#include "eko/eko_reserved.hpp"
#include "eko/eko_signature.hpp"
#include "wire/json_fields.hpp"
#include "wire/request_body.hpp"
#include "wire/wire_time.hpp"

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

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(EkoState& state, VendorContext const& context) : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
        bool const is_send = request.path == "/tools/kyc/mobile/otp";
        if (!is_send && request.path != "/tools/kyc/mobile/otp/verify") {
            return json_response(404, {{"status", 1}, {"message", "Not Found"}});
        }
        std::string const method = is_send ? "POST" : "PUT";
        if (request.method != method) {
            auto refused = empty_response(405);
            refused.headers.emplace_back("Allow", method);
            return refused;
        }
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) return empty_response(415);
        if (!is_signed_for_eko(request, state_.account, context_.client_now)) {
            return json_response(403, {{"status", 1}, {"message", "Forbidden"}});
        }
        if (body.problem != BodyProblem::none || !request.query.empty()) {
            return json_response(400, {{"status", 1}, {"message", "Bad Request"}});
        }
        return is_send ? checked_send(body.object) : checked_verify(body.object);
    }

private:
    VendorAnswer checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 4> rules{
            FieldRule{"initiator_id", FieldType::string, true},
            FieldRule{"client_ref_id", FieldType::string, false},
            FieldRule{"csp_id", FieldType::string, true},
            FieldRule{"mobile", FieldType::string, true}};
        if (auto refused = refuse_eko_fields(body, rules, state_.account)) {
            return std::move(*refused);
        }
        auto const reference = text_of(body, "client_ref_id");
        if (reference && !state_.used_references.insert(*reference).second) {
            return eko_invalid(
                461,
                "Invalid parameters",
                json::object{{"client_ref_id", "Must be unique for each request"}}
            );
        }
        auto const phone = "+91" + *text_of(body, "mobile");
        return eko_reserved().answer(MockStep::send, phone, [&] { return send(phone, reference); });
    }

    VendorAnswer send(std::string const& phone, std::optional<std::string> const& reference) {
        SentMessage message{
            "sms", phone, phone, context_.ids.code(4), context_.now + code_expires_after};
        state_.codes.add(message);
        auto const body = sent_body(message, reference);
        return {json_response(200, body), std::move(message)};
    }

    json::object sent_body(
        SentMessage const& message, std::optional<std::string> const& given_reference
    ) {
        auto const& phone = message.to;
        EkoState::Reference reference{given_reference.value_or(context_.ids.code(12)), {}};
        json::object data{
            {"client_ref_id", reference.client_ref_id},
            {"initiator_id", state_.account.initiator_id},
            {"otp_expiry_timestamp", java_date_in_india(message.expires_at)},
            {"tid", context_.ids.code(10)}};
        auto body = eko_envelope(0, 0, 1623, "OTP has been sent");
        if (eko_answers_reference(phone)) {
            body["response_type_id"] = 1600;
            reference.otp_ref_id = context_.ids.uuid();
            data["otp_ref_id"] = *reference.otp_ref_id;
        }
        if (eko_answers_minus_one(phone)) body["response_status_id"] = -1;
        if (eko_answers_numbers_as_text(phone)) {
            body["status"] = "0";
            body["response_status_id"] = "0";
            body["response_type_id"] = "1623";
        }
        if (state_.account.development_mode) data["otp"] = message.code;
        body["data"] = std::move(data);
        state_.sent_by_phone.insert_or_assign(phone, std::move(reference));
        return body;
    }

    VendorAnswer checked_verify(json::object const& body) {
        constexpr std::array<FieldRule, 5> rules{
            FieldRule{"initiator_id", FieldType::string, true},
            FieldRule{"otp", FieldType::string, true},
            FieldRule{"mobile", FieldType::string, true},
            FieldRule{"client_ref_id", FieldType::string, false},
            FieldRule{"otp_ref_id", FieldType::string, true}};
        auto const phone = "+91" + text_of(body, "mobile").value_or("");
        auto const sent = state_.sent_by_phone.find(phone);
        bool const older =
            sent != state_.sent_by_phone.end() && sent->second.otp_ref_id.has_value();
        if (auto refused =
                refuse_eko_fields(body, std::span(rules).first(older ? 5 : 4), state_.account)) {
            return std::move(*refused);
        }
        return eko_reserved().answer(MockStep::verify, phone, [&]() -> VendorAnswer {
            if (sent == state_.sent_by_phone.end() || !repeats(body, sent->second)) {
                return eko_failure(1, 1, 1632, "OTP not found. Please make the OTP request again.");
            }
            return verify(phone, body);
        });
    }

    static bool repeats(json::object const& body, EkoState::Reference const& sent) {
        auto const reference = text_of(body, "client_ref_id");
        if (reference && reference != sent.client_ref_id) return false;
        return text_of(body, "otp_ref_id") == sent.otp_ref_id;
    }

    VendorAnswer verify(std::string const& phone, json::object const& body) {
        auto checked = state_.codes.check(phone, *text_of(body, "otp"), context_.now);
        if (checked.result != CodeCheck::approved) {
            return eko_failure(1, 1, 1632, "OTP verification failed.");
        }
        auto approval = eko_envelope(0, 0, 1632, "OTP verification successful.");
        approval["data"] = json::object{
            {"client_ref_id", text_of(body, "client_ref_id").value_or("")},
            {"otp_verification_token", "mock-token-" + context_.ids.hex(32)},
            {"initiator_id", state_.account.initiator_id},
            {"mobile", phone.substr(3)},
            {"tid", context_.ids.code(10)}};
        return {json_response(200, approval), std::move(checked.settled)};
    }

    EkoState& state_;
    VendorContext const& context_;
};

}  // namespace

VendorAnswer answer_eko(MockRequest const& request, EkoState& state, VendorContext const& context) {
    return Exchange(state, context).answer(request);
}

}  // namespace otp::mocks
