// Sources: docs.spherepay.co, "Send Verification Code" and "Verify Verification Code" (OpenAPI,
// 18 June 2026): 200 with both members, errors as ProblemDetailsDto.
#include "fuzz/oracles/evidence.hpp"
#include "fuzz/oracles/oracle.hpp"

namespace otp::fuzz {
namespace {

Judgement judge(
    std::string_view customer, std::string_view date_member, HttpResponse const& response
) {
    if (response.status != 200) return forbidden("only 200 is documented");
    auto const body = object_body(response);
    if (!body) return forbidden("the body is no JSON object");
    auto const named = body->string_at("customerId");
    if (!named) return forbidden("customerId is required");
    if (*named != customer) return forbidden("it is about another customer");
    auto const date = body->string_at(date_member);
    if (!date || date->empty()) return forbidden(std::string(date_member) + " is required");
    Contradictions const rules{.error_names = {"code", "title"}};
    if (auto found = contradiction(*body, rules)) return forbidden(std::move(*found));

    Judgement judgement;
    judgement.user_id = *named;
    if (is_plain_json(response) && has_only(*body, {"customerId", date_member}) &&
        is_plain_date(*date)) {
        judgement.success = Judgement::Success::required;
    }
    return judgement;
}

Judgement judge_send(SendOtp const& send, HttpResponse const& response) {
    auto const id = send.to.user_ids.find("spherepay");
    return judge(id == send.to.user_ids.end() ? "" : id->second, "expiresAt", response);
}

Judgement judge_verify(VerifyOtp const& verify, HttpResponse const& response) {
    auto const body = object_body(response);
    auto found = body ? undocumented_no(*body, {"contact"}) : std::nullopt;
    if (found) return forbidden(std::move(*found));
    return judge(verify.handle.reference("customer_id"), "verifiedAt", response);
}

}  // namespace

Oracle spherepay_oracle() {
    return {"spherepay", &judge_send, &judge_verify};
}

}  // namespace otp::fuzz
