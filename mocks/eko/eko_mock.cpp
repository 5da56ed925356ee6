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
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

namespace json = boost::json;

constexpr char send_path[] = "/tools/kyc/mobile/otp";
constexpr char verify_path[] = "/tools/kyc/mobile/otp/verify";
constexpr std::chrono::minutes code_expires_after{10};

/// One request, with what it is answered from.
class Exchange {
public:
    Exchange(EkoState& state, VendorContext const& context) : state_(state), context_(context) {}

    VendorAnswer answer(MockRequest const& request) {
        bool const is_send = request.path == send_path;
        if (!is_send && request.path != verify_path) {
            return with_message(
                404,
                "Not Found",
                eko_send_document.path(
                    "The calls are /tools/kyc/mobile/otp and /tools/kyc/mobile/otp/verify, below "
                    "the base URL with its /ekoapi/v3 or /ekoicici/v3."
                )
            );
        }
        auto const& document = is_send ? eko_send_document : eko_verify_document;
        std::string const method = is_send ? "POST" : "PUT";
        if (request.method != method) {
            auto refused = empty_response(405);
            refused.headers.emplace_back("Allow", method);
            return Refusal(std::move(refused), document.method(method));
        }
        auto const body = read_json_body(request);
        if (body.problem == BodyProblem::media_type) {
            return Refusal(empty_response(415), document.body(body.problem));
        }
        if (auto why = explain_eko_signature(request, state_.account, context_.client_now)) {
            return with_message(403, "Forbidden", std::move(*why));
        }
        if (body.problem != BodyProblem::none) {
            return with_message(400, "Bad Request", document.body(body.problem));
        }
        if (!request.query.empty()) {
            return with_message(400, "Bad Request", document.query(request));
        }
        return is_send ? checked_send(body.object) : checked_verify(body.object);
    }

private:
    static Refusal with_message(int status, char const* message, Explanation why) {
        return {json_response(status, {{"status", 1}, {"message", message}}), std::move(why)};
    }

    VendorAnswer checked_send(json::object const& body) {
        constexpr std::array<FieldRule, 4> rules{
            FieldRule{"initiator_id", FieldType::string, true},
            FieldRule{"client_ref_id", FieldType::string, false},
            FieldRule{"csp_id", FieldType::string, true},
            FieldRule{"mobile", FieldType::string, true}};
        if (auto refused = refuse_eko_fields(body, rules, eko_send_document, state_.account)) {
            return std::move(*refused);
        }
        auto const reference = text_of(body, "client_ref_id");
        if (reference && !state_.used_references.insert(*reference)) {
            return eko_invalid(
                461,
                "Invalid parameters",
                json::object{{"client_ref_id", "Must be unique for each request"}},
                eko_send_document.member(
                    "client_ref_id", "The client_ref_id must be a new one for each request."
                )
            );
        }
        auto const phone = "+91" + *text_of(body, "mobile");
        return eko_reserved().answer(MockStep::send, phone, "body /mobile", [&] {
            return send(phone, reference);
        });
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
        auto const known = std::span(rules).first(older ? 5 : 4);
        if (auto refused = refuse_eko_fields(body, known, eko_verify_document, state_.account)) {
            return std::move(*refused);
        }
        return eko_reserved()
            .answer(MockStep::verify, phone, "body /mobile", [&]() -> VendorAnswer {
                if (sent == state_.sent_by_phone.end()) {
                    return code_not_found(
                        "mobile", "A code must have been sent to the mobile before."
                    );
                }
                auto const other = differing_reference(body, sent->second);
                if (!other.empty()) {
                    return code_not_found(
                        other, "The " + std::string(other) + " must be the one of the send."
                    );
                }
                return verify(phone, body);
            });
    }

    static Refusal code_not_found(std::string_view field, std::string demands) {
        return eko_failure(
            1,
            1,
            1632,
            "OTP not found. Please make the OTP request again.",
            eko_verify_document.member(field, std::move(demands))
        );
    }

    /// The member that does not repeat the send; empty if all do.
    static std::string_view differing_reference(
        json::object const& body, EkoState::Reference const& sent
    ) {
        auto const reference = text_of(body, "client_ref_id");
        if (reference && reference != sent.client_ref_id) return "client_ref_id";
        return text_of(body, "otp_ref_id") == sent.otp_ref_id ? "" : "otp_ref_id";
    }

    VendorAnswer verify(std::string const& phone, json::object const& body) {
        auto checked = state_.codes.check(phone, *text_of(body, "otp"), context_.now);
        if (checked.result != CodeCheck::approved) {
            return {
                eko_failure(
                    1,
                    1,
                    1632,
                    "OTP verification failed.",
                    eko_verify_document.code("otp", checked.result)
                ),
                std::move(checked.settled)};
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

RequestSubject eko_subject(MockRequest const& request, EkoState const&) {
    using enum RequestSubject::Step;
    bool const is_send = request.path == send_path;
    if (!is_send && request.path != verify_path) return {};
    RequestSubject subject{is_send ? send : verify};
    auto const mobile = name_in(json_object_in(request), "mobile");
    if (mobile.empty()) return subject;
    subject.key = "+91" + mobile;
    subject.to = subject.key;
    return subject;
}

}  // namespace otp::mocks
