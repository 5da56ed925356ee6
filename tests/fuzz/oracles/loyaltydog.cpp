// Sources: docs.loyalty.dog, sendCustomerOTP and verifyCustomerOTP (OpenAPI 1.0.1): 200 with
// `success`, the other members text or null; `identity` is a CustomerIdentityResponse.
#include "fuzz/oracles/evidence.hpp"
#include "fuzz/oracles/oracle.hpp"

#include <optional>
#include <string>

namespace otp::fuzz {
namespace {

using Kind = JsonTree::Kind;

bool is_number(std::string_view target) {
    return target.find_first_not_of("+0123456789 -().") == target.npos;
}

/// The target in the loosest form that still tells people apart.
std::string normal_form(std::string_view target) {
    return is_number(target) ? digits_of(target) : lower_case(target);
}

/// Whether the member, if it names anyone, names another than the target.
bool names_another(JsonTree const& object, std::string_view member, std::string_view target) {
    auto const* const found = object.find(member);
    if (!found || found->is(Kind::null)) return false;
    if (!found->is(Kind::string)) return true;
    return normal_form(found->text) != normal_form(target);
}

bool is_documented_identity(JsonTree const& identity) {
    auto const* const verified = identity.find("verified");
    return identity.is(Kind::object) &&
           has_only(
               identity, {"id", "email", "phone", "name", "verified", "verifiedAt", "trustLevel"}
           ) &&
           is_text_or_null(identity, "email") && is_text_or_null(identity, "phone") &&
           is_text_or_null(identity, "name") && is_text_or_null(identity, "verifiedAt") &&
           is_text_or_null(identity, "trustLevel") && verified && verified->text == "true" &&
           is_plain_id(identity.string_at("id").value_or(""));
}

std::optional<Judgement> failure(
    HttpResponse const& response, std::optional<JsonTree> const& body
) {
    if (response.status != 200) return forbidden("only 200 is documented");
    if (!body) return forbidden("the body is no JSON object");
    auto const* const success = body->find("success");
    if (!success || !success->is(Kind::boolean) || success->text != "true") {
        return forbidden("success is not true");
    }
    if (auto found = contradiction(*body, {})) return forbidden(std::move(*found));
    return {};
}

Judgement judge_send(SendOtp const&, HttpResponse const& response) {
    auto const body = object_body(response);
    if (auto failed = failure(response, body)) return *failed;
    Judgement judgement;
    // A code of the test mode is a secret, and may be refused where it cannot be one.
    auto const message = body->string_at("message").value_or("");
    bool const is_documented = (message.empty() || message == "OTP sent successfully") &&
                               has_only(*body, {"success", "message", "error", "otpType"}) &&
                               is_text_or_null(*body, "message") &&
                               is_text_or_null(*body, "error") && is_text_or_null(*body, "otpType");
    if (is_documented && is_plain_json(response)) judgement.success = Judgement::Success::required;
    return judgement;
}

Judgement judge_verify(VerifyOtp const& verify, HttpResponse const& response) {
    auto const body = object_body(response);
    if (auto failed = failure(response, body)) return *failed;
    if (auto found = undocumented_no(*body, {"otpType", "sessionToken", "identity"})) {
        return forbidden(std::move(*found));
    }
    auto const target = verify.handle.reference("target");
    if (names_another(*body, "verifiedTarget", target)) {
        return forbidden("verifiedTarget is another target");
    }
    auto const* const identity = body->find("identity");
    bool const is_address = target.find('@') != target.npos;
    if (identity && names_another(*identity, is_address ? "email" : "phone", target)) {
        return forbidden("identity is another person");
    }

    Judgement judgement;
    if (identity) judgement.user_id = identity->string_at("id").value_or("");
    bool const is_documented =
        has_only(
            *body, {"success", "error", "verifiedTarget", "otpType", "sessionToken", "identity"}
        ) &&
        is_text_or_null(*body, "error") && is_text_or_null(*body, "verifiedTarget") &&
        is_text_or_null(*body, "otpType") && is_text_or_null(*body, "sessionToken") &&
        (!identity || identity->is(Kind::null) || is_documented_identity(*identity));
    // Exactly: the vendor writes the target as it was sent.
    bool const names_target =
        !body->string_at("verifiedTarget") || body->string_at("verifiedTarget") == target;
    if (is_documented && names_target && is_plain_json(response)) {
        judgement.success = Judgement::Success::required;
    }
    return judgement;
}

}  // namespace

Oracle loyaltydog_oracle() {
    return {"loyaltydog", &judge_send, &judge_verify};
}

}  // namespace otp::fuzz
