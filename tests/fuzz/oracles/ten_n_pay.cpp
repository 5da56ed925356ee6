// Sources: developers.10npay.com, "Send phone verification code" (204, formerly 200 `{}`), "Resend"
// (204) and "Verify the phone number" (200, no body or "a minimal confirmation object"); errors as
// ASP.NET Core's ProblemDetails.
#include "fuzz/oracles/evidence.hpp"
#include "fuzz/oracles/oracle.hpp"

#include <cstdlib>
#include <optional>
#include <string>

namespace otp::fuzz {
namespace {

using Kind = JsonTree::Kind;

/// A text that a person would have to read to know what it means, at any depth.
bool has_message(JsonTree const& value) {
    if (lower_case(value.name) == "message" && !says_nothing(value)) return true;
    for (auto const& item : value.items) {
        if (has_message(item)) return true;
    }
    return false;
}

bool names_another_user(JsonTree const& object, std::string_view user) {
    for (auto const& member : object.items) {
        auto const name = lower_case(member.name);
        if (name != "id" && name != "userid" && name != "user_id") continue;
        if (member.is(Kind::null)) continue;
        auto const number = number_of(member);
        if (!number || *number != std::strtod(std::string(user).c_str(), nullptr)) return true;
    }
    return false;
}

/// Blanks are no content.
bool is_blank(std::string_view body) {
    return body.find_first_not_of(" \t\r\n") == body.npos;
}

std::optional<std::string> complaint(HttpResponse const& response, std::string_view user) {
    if (is_blank(response.body)) return {};
    auto const body = object_body(response);
    if (!body) return "the body is no JSON object";
    if (has_message(*body)) return "it has a message, which nobody can judge";
    if (names_another_user(*body, user)) return "it is about another user";
    return contradiction(*body, {.error_names = {"title"}, .null_is_a_verdict = true});
}

bool is_empty_json(HttpResponse const& response) {
    return response.body == "{}" && is_plain_json(response) &&
           response.headers.find("content-length");
}

bool has_explicit_length_0(HttpResponse const& response) {
    return response.body.empty() && response.headers.size() == 1 &&
           response.headers.find("content-length") == "0";
}

Judgement judge_send(SendOtp const& send, HttpResponse const& response) {
    if (response.status == 204) {
        Judgement judgement;
        if ((response.body.empty() && response.headers.size() == 0) ||
            has_explicit_length_0(response)) {
            judgement.success = Judgement::Success::required;
        }
        return judgement;
    }
    if (response.status != 200) return forbidden("only 204 and, formerly, 200 are documented");
    auto const id = send.to.user_ids.find("10npay");
    if (auto found = complaint(response, id == send.to.user_ids.end() ? "" : id->second)) {
        return forbidden(std::move(*found));
    }
    Judgement judgement;
    // "Resend" never had another answer than 204.
    bool const is_resend = send.vendor_fields.contains("10npay");
    if (is_empty_json(response) && !is_resend) judgement.success = Judgement::Success::required;
    return judgement;
}

Judgement judge_verify(VerifyOtp const& verify, HttpResponse const& response) {
    if (response.status != 200) return forbidden("only 200 is documented");
    auto const user = verify.handle.reference("user_id");
    if (auto found = complaint(response, user)) return forbidden(std::move(*found));
    auto const type = response.headers.find("content-type");
    if (is_blank(response.body) && type && type->starts_with("text/html")) {
        return forbidden("an empty page is not the vendor's answer");
    }
    Judgement judgement;
    judgement.user_id = user;
    if (is_empty_json(response) || has_explicit_length_0(response)) {
        judgement.success = Judgement::Success::required;
    }
    return judgement;
}

/// `GET /User/{id}/status`, whose `status` is the user's and not that of HTTP.
Judgement judge_confirmation(VerifyOtp const& verify, HttpResponse const& response) {
    if (response.status != 200) return forbidden("only 200 is documented");
    auto const body = object_body(response);
    if (!body) return forbidden("the body is no JSON object");
    auto const* const verified = body->find("isPhoneNumberVerified");
    if (!verified || !verified->is(Kind::boolean) || verified->text != "true") {
        return forbidden("isPhoneNumberVerified is not true");
    }
    Contradictions const rules{.error_names = {"title"}, .unread = {"status"}};
    if (auto found = contradiction(*body, rules)) return forbidden(std::move(*found));
    Judgement judgement;
    judgement.user_id = verify.handle.reference("user_id");
    auto const* const status = body->find("status");
    bool const is_active = status && status->is(Kind::number) && status->text == "200";
    bool documented = is_active && is_plain_json(response) && body->items.size() == 6;
    for (auto const* const name :
         {"isEmailVerified", "isScaVerified", "isAdditionalData", "isOptionalKyc"}) {
        auto const* const member = body->find(name);
        documented = documented && member && member->is(Kind::boolean);
    }
    if (documented) judgement.success = Judgement::Success::required;
    return judgement;
}

}  // namespace

Oracle ten_n_pay_oracle() {
    return {"10npay", &judge_send, &judge_verify, &judge_confirmation};
}

}  // namespace otp::fuzz
