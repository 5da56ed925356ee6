#include "10npay/ten_n_pay_grant.hpp"

#include "10npay/ten_n_pay_problem.hpp"
#include "wire/authorization.hpp"
#include "wire/request_body.hpp"

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace otp::mocks {
namespace {

using Form = std::map<std::string, std::string>;

constexpr std::chrono::seconds token_expires_after{3600};

constexpr VendorDocument client_document{"https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1"};
constexpr std::array<std::string_view, 4> known_fields{
    "grant_type", "client_id", "client_secret", "scope"};

/// RFC 6749 5.2.
Refusal failure(int status, std::string_view error, Explanation why) {
    return {json_response(status, {{"error", error}}), std::move(why)};
}

/// The refusal of a form that does not ask for client credentials; nothing if it does.
std::optional<Refusal> refuse_form(MockRequest const& request, std::optional<Form> const& form) {
    auto const& document = ten_n_pay_grant_document;
    if (!form) {
        constexpr char form_type[] = "application/x-www-form-urlencoded";
        auto why = request.media_type() == form_type
                       ? document.body("The body must be a form with each field once.")
                       : document.media_type(form_type);
        return failure(400, "invalid_request", std::move(why));
    }
    if (!form->contains("grant_type")) {
        auto why = document.member("grant_type", "The field grant_type is required.");
        return failure(400, "invalid_request", std::move(why));
    }
    for (auto const& [name, value] : *form) {
        if (std::ranges::find(known_fields, name) != known_fields.end()) continue;
        FieldProblem const problem{
            FieldProblem::Kind::unknown,
            name,
            "The grant has no other fields than grant_type, client_id, client_secret and scope."};
        return failure(400, "invalid_request", document.member(problem));
    }
    if (form->at("grant_type") == "client_credentials") return std::nullopt;
    auto why = document.member("grant_type", "The grant_type must be client_credentials here.");
    return failure(400, "unsupported_grant_type", std::move(why));
}

Explanation explain_client(bool in_header, bool in_body) {
    if (in_header) {
        return ten_n_pay_grant_document.header(
            "authorization", "The client's id and secret must be those of the account."
        );
    }
    if (in_body) {
        return ten_n_pay_grant_document.member(
            "client_secret", "The client's id and secret must be those of the account."
        );
    }
    return ten_n_pay_grant_document.header(
        "authorization", "The client's id and secret must stand in the form, or be sent as Basic."
    );
}

}  // namespace

VendorAnswer grant_ten_n_pay_token(
    MockRequest const& request, TenNPayState& state, VendorContext const& context
) {
    auto const form = read_form_body(request);
    if (auto refused = refuse_form(request, form)) return std::move(*refused);
    auto client = basic_credentials(request);
    bool const in_header = client.has_value();
    bool const in_body = form->contains("client_id") && form->contains("client_secret");
    if (client && form->contains("client_secret")) {
        auto why = client_document.member(
            "client_secret", "The client's secret must be sent in one way only, Basic or form."
        );
        return failure(400, "invalid_request", std::move(why));
    }
    if (!client && in_body) client.emplace(form->at("client_id"), form->at("client_secret"));
    if (client != std::pair(state.account.client_id, state.account.client_secret)) {
        return failure(in_body ? 400 : 401, "invalid_client", explain_client(in_header, in_body));
    }
    auto token = "mock-issued-" + context.ids.hex(32);
    state.tokens.add(token, context.now + token_expires_after);
    auto response = json_response(
        200,
        {{"access_token", token},
         {"expires_in", token_expires_after.count()},
         {"token_type", "Bearer"},
         {"scope", form->contains("scope") ? form->at("scope") : "api"}}
    );
    response.headers.emplace_back("Cache-Control", "no-store");
    return VendorAnswer(std::move(response));
}

}  // namespace otp::mocks
