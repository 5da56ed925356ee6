#include "10npay/ten_n_pay_grant.hpp"

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

/// RFC 6749 5.2.
MockResponse failure(int status, std::string_view error) {
    return json_response(status, {{"error", error}});
}

/// The `error` of a form that does not ask for client credentials; empty if it does.
std::string_view form_error(std::optional<Form> const& form) {
    if (!form || !form->contains("grant_type")) return "invalid_request";
    constexpr std::array<std::string_view, 4> known{
        "grant_type", "client_id", "client_secret", "scope"};
    bool const all_known = std::ranges::all_of(*form, [&](auto const& field) {
        return std::ranges::find(known, field.first) != known.end();
    });
    if (!all_known) return "invalid_request";
    return form->at("grant_type") == "client_credentials" ? "" : "unsupported_grant_type";
}

}  // namespace

MockResponse grant_ten_n_pay_token(
    MockRequest const& request, TenNPayState& state, VendorContext const& context
) {
    auto const form = read_form_body(request);
    if (auto const error = form_error(form); !error.empty()) return failure(400, error);
    auto client = basic_credentials(request);
    bool const in_body = form->contains("client_id") && form->contains("client_secret");
    if (client && form->contains("client_secret")) return failure(400, "invalid_request");
    if (!client && in_body) client.emplace(form->at("client_id"), form->at("client_secret"));
    if (client != std::pair(state.account.client_id, state.account.client_secret)) {
        return failure(in_body ? 400 : 401, "invalid_client");
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
    return response;
}

}  // namespace otp::mocks
