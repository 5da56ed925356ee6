// Sources: eps.eko.in, "Send OTP" and "Verify OTP", and the status codes of ekoindia/openapi-spec:
// 200 with `status` 0 and `response_status_id` 0 (transactional) or -1 (others).
#include "fuzz/oracles/evidence.hpp"
#include "fuzz/oracles/oracle.hpp"

#include <optional>
#include <string>

namespace otp::fuzz {
namespace {

using Kind = JsonTree::Kind;

/// The ten digits, without country code or trunk prefix.
std::string ten_digits(std::string_view number) {
    auto digits = digits_of(number);
    return digits.size() > 10 ? digits.substr(digits.size() - 10) : digits;
}

std::string text_of(JsonTree const& value) {
    return value.is(Kind::string) || value.is(Kind::number) ? value.text : "?";
}

bool names_another_number(JsonTree const& body, std::string_view mobile) {
    auto const* const data = body.find("data");
    auto const* const named = data ? data->find("mobile") : nullptr;
    return named && !says_nothing(*named) && ten_digits(text_of(*named)) != ten_digits(mobile);
}

bool names_another(JsonTree const& body, std::string_view member, std::string_view reference) {
    auto const* const data = body.find("data");
    auto const* const named = data ? data->find(member) : nullptr;
    return named && !says_nothing(*named) && !reference.empty() && text_of(*named) != reference;
}

bool is_success_id(JsonTree const& id) {
    auto const number = number_of(id);
    return number == 0.0 || number == -1.0;
}

std::optional<Judgement> failure(
    HttpResponse const& response, std::optional<JsonTree> const& body
) {
    if (response.status != 200) return forbidden("only 200 is documented");
    if (!body) return forbidden("the body is no JSON object");
    auto const* const status = body->find("status");
    if (!status || number_of(*status) != 0.0) return forbidden("status is not 0");
    auto const* const id = body->find("response_status_id");
    // Missing or null it says nothing, which does for a send.
    if (id && !id->is(Kind::null) && !is_success_id(*id)) {
        return forbidden("response_status_id is not one of a success");
    }
    if (auto found = contradiction(*body, {})) return forbidden(std::move(*found));
    return {};
}

bool is_number(JsonTree const& object, std::string_view name, std::string_view text) {
    auto const* const member = object.find(name);
    return member && member->is(Kind::number) && member->text == text;
}

bool has_documented_members(
    JsonTree const& body,
    std::string_view response_type,
    std::string_view message,
    std::initializer_list<std::string_view> data_members
) {
    auto const* const data = body.find("data");
    if (!data || !data->is(Kind::object) || !has_only(*data, data_members)) return false;
    for (auto const name : data_members) {
        if (!is_plain_id(data->string_at(name).value_or(""))) return false;
    }
    return has_only(
               body, {"status", "response_status_id", "response_type_id", "message", "data"}
           ) &&
           is_number(body, "status", "0") && is_number(body, "response_status_id", "0") &&
           is_number(body, "response_type_id", response_type) &&
           body.string_at("message") == message;
}

Judgement judge_send(SendOtp const& send, HttpResponse const& response) {
    auto const body = object_body(response);
    if (auto failed = failure(response, body)) return *failed;
    // The seed's example echoes another client_ref_id than was sent, so that says nothing here.
    if (send.to.phone && names_another_number(*body, send.to.phone->reveal())) {
        return forbidden("it is about another number");
    }
    Judgement judgement;
    auto const* const data = body->find("data");
    auto without_date = *body;
    for (auto& member : without_date.items) {
        if (member.name == "data") {
            std::erase_if(member.items, [](JsonTree const& item) {
                return item.name == "otp_expiry_timestamp";
            });
        }
    }
    bool const has_date =
        data && data->string_at("otp_expiry_timestamp") == "Fri May 22 16:04:04 IST 2026";
    if (is_plain_json(response) && has_date &&
        has_documented_members(
            without_date, "1623", "OTP has been sent", {"client_ref_id", "initiator_id", "tid"}
        )) {
        judgement.success = Judgement::Success::required;
    }
    return judgement;
}

Judgement judge_verify(VerifyOtp const& verify, HttpResponse const& response) {
    auto const body = object_body(response);
    if (auto failed = failure(response, body)) return *failed;
    auto const* const id = body->find("response_status_id");
    if (!id || !is_success_id(*id)) return forbidden("response_status_id is missing");
    if (auto found = undocumented_no(*body, {"message", "data"})) {
        return forbidden(std::move(*found));
    }
    auto const& handle = verify.handle;
    if (names_another_number(*body, handle.reference("mobile"))) {
        return forbidden("it is about another number");
    }
    if (names_another(*body, "client_ref_id", handle.reference("client_ref_id"))) {
        return forbidden("it is about another client_ref_id");
    }
    if (names_another(*body, "otp_ref_id", handle.reference("otp_ref_id"))) {
        return forbidden("it is about another otp_ref_id");
    }
    Judgement judgement;
    auto const* const data = body->find("data");
    if (is_plain_json(response) && data &&
        data->string_at("mobile") == handle.reference("mobile") &&
        data->string_at("client_ref_id") == handle.reference("client_ref_id") &&
        has_documented_members(
            *body,
            "1632",
            "OTP verification successful.",
            {"client_ref_id", "otp_verification_token", "initiator_id", "mobile", "tid"}
        )) {
        judgement.success = Judgement::Success::required;
    }
    return judgement;
}

}  // namespace

Oracle eko_oracle() {
    return {"eko", &judge_send, &judge_verify};
}

}  // namespace otp::fuzz
