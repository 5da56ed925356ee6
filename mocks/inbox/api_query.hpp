#pragma once

#include "inbox/message_query.hpp"
#include "inbox/query_fields.hpp"
#include "inbox/session_name.hpp"
#include "wire/exchange.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace otp::mocks {

/// The parameters of a request to the API.
struct ApiQuery {
    QueryFields fields;
    /// Wherever the request names it.
    std::optional<std::string> session;

    /// Empty if the parameter is not there.
    [[nodiscard]] std::string_view at(std::string_view name) const;
};

/// The refusal (400) of parameters that are neither `session` nor among `known`, as `parse_query`
/// does, and of two different sessions.
[[nodiscard]] std::variant<ApiQuery, MockResponse> read_query(
    AddressedRequest const& request, std::initializer_list<std::string_view> known
);

/// Reads `vendor`, `to` and the session; refuses (400) what is no vendor.
[[nodiscard]] std::variant<MessageQuery, MockResponse> read_filter(ApiQuery const& query);

/// Which part of which list a request asks for.
struct ListRequest {
    MessageQuery query;
    ListWindow window;
};

/// Reads `vendor`, `to`, `q`, `offset`, `limit` and the session, beside the `own` parameters of a
/// list: `state`, `message`.
[[nodiscard]] std::variant<ListRequest, MockResponse> read_list(
    AddressedRequest const& request, std::string_view own
);

/// What `answer` makes of what was read, or the refusal.
template <typename Read, typename Answer>
[[nodiscard]] MockResponse if_good(std::variant<Read, MockResponse> read, Answer const& answer) {
    if (auto* const refusal = std::get_if<MockResponse>(&read)) return std::move(*refusal);
    return answer(std::get<Read>(read));
}

}  // namespace otp::mocks
