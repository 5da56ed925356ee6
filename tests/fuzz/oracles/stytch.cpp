// Sources: stytch.com/docs, the six send endpoints and "Authenticate OTP" (OpenAPI 2.1.1 and
// stytch-go): 200 with the documented ids; errors have `error_type` or, as OAuth2, `error`.
#include "fuzz/oracles/evidence.hpp"
#include "fuzz/oracles/oracle.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace otp::fuzz {
namespace {

using Kind = JsonTree::Kind;

// A user has numbers that are not verified, and an application's own metadata.
Contradictions const rules{
    .error_names = {"error_url", "error_description"},
    .unread = {"user", "session", "user_device"},
};

std::string method_member(SendOtp const& send) {
    bool const by_email =
        send.channel ? *send.channel == Channel::email : !send.to.phone.has_value();
    return by_email ? "email_id" : "phone_id";
}

std::optional<Judgement> failure(
    HttpResponse const& response, std::optional<JsonTree> const& body
) {
    if (response.status != 200) return forbidden("only 200 is documented");
    if (!body) return forbidden("the body is no JSON object");
    if (auto found = contradiction(*body, rules)) return forbidden(std::move(*found));
    return {};
}

bool has_ids(JsonTree const& body, std::initializer_list<std::string_view> names) {
    for (auto const name : names) {
        if (!is_plain_id(body.string_at(name).value_or(""))) return false;
    }
    auto const* const status = body.find("status_code");
    return status && status->is(Kind::number) && status->text == "200";
}

/// The vendor's own field comes before the recipient's id.
std::optional<std::string> named_user(SendOtp const& send) {
    if (auto const fields = send.vendor_fields.find("stytch"); fields != send.vendor_fields.end()) {
        if (auto const id = fields->second.find("user_id"); id != fields->second.end()) {
            return id->second;
        }
    }
    auto const id = send.to.user_ids.find("stytch");
    return id == send.to.user_ids.end() ? std::nullopt : std::optional(id->second);
}

Judgement judge_send(SendOtp const& send, HttpResponse const& response) {
    auto const body = object_body(response);
    if (auto failed = failure(response, body)) return *failed;
    auto const member = method_member(send);
    auto const id = body->string_at(member);
    if (!id || id->empty()) return forbidden(member + " is required");
    auto const wanted = named_user(send);
    auto const user = body->string_at("user_id");
    if (wanted && user && *user != *wanted) return forbidden("it is about another user");

    Judgement judgement;
    judgement.references.emplace("method_id", *id);
    auto const* const created = body->find("user_created");
    if (is_plain_json(response) && has_ids(*body, {"request_id", "user_id", member}) &&
        has_only(*body, {"request_id", "user_id", member, "status_code", "user_created"}) &&
        (!created || created->is(Kind::boolean))) {
        judgement.success = Judgement::Success::required;
    }
    return judgement;
}

/// Whether a member of it could name another user than `user_id` does.
bool may_name_another(JsonTree const& object) {
    return std::any_of(object.items.begin(), object.items.end(), [](JsonTree const& member) {
        auto name = lower_case(member.name);
        std::erase_if(name, [](char c) { return c == '_' || c == '-'; });
        return member.name != "user_id" && (name == "userid" || name == "id");
    });
}

Judgement judge_verify(VerifyOtp const& verify, HttpResponse const& response) {
    auto const body = object_body(response);
    if (auto failed = failure(response, body)) return *failed;
    auto const method = body->string_at("method_id");
    if (!method) return forbidden("method_id is required");
    if (*method != verify.handle.reference("method_id")) {
        return forbidden("it is about another method");
    }

    if (auto found = undocumented_no(
            *body,
            {"request_id",
             "session_token",
             "session_jwt",
             "reset_sessions",
             "user",
             "session",
             "user_device"}
        )) {
        return forbidden(std::move(*found));
    }
    auto const* const session = body->find("session");
    auto const* const holder = session ? session->find("user_id") : nullptr;
    if (holder && (!holder->is(Kind::string) || holder->text != body->string_at("user_id"))) {
        return forbidden("the session is another user's");
    }
    for (auto const* const name : {"session", "user"}) {
        auto const* const member = body->find(name);
        if (member && !member->is(Kind::null) && !member->is(Kind::object)) {
            return forbidden(std::string(name) + " is no object");
        }
    }

    Judgement judgement;
    judgement.user_id = body->string_at("user_id").value_or("");
    auto const* const reset = body->find("reset_sessions");
    auto const* const user = body->find("user");
    if (is_plain_json(response) && has_ids(*body, {"request_id", "user_id", "method_id"}) &&
        has_only(
            *body,
            {"request_id",
             "user_id",
             "method_id",
             "session_token",
             "session_jwt",
             "user",
             "reset_sessions",
             "session",
             "status_code"}
        ) &&
        user && user->is(Kind::object) && !may_name_another(*user) &&
        (!session || !may_name_another(*session)) &&
        user->string_at("user_id") == body->string_at("user_id") && reset &&
        reset->is(Kind::boolean) && body->string_at("session_token") &&
        body->string_at("session_jwt") && !names_an_error(*body)) {
        judgement.success = Judgement::Success::required;
    }
    return judgement;
}

}  // namespace

Oracle stytch_oracle() {
    return {"stytch", &judge_send, &judge_verify};
}

}  // namespace otp::fuzz
