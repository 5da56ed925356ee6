#pragma once

#include "wire/exchange.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace otp::mocks {

/// Whether it is 1 to 64 letters, digits, `.`, `_` and `-`.
[[nodiscard]] bool is_session_name(std::string_view name) noexcept;

/// What to say of a name that is none.
inline constexpr std::string_view what_a_session_name_is =
    "the name of a session has 1 to 64 letters, digits, '.', '_' and '-'";

/// Throws `std::invalid_argument` for a name that is none; the empty one is the session's that has
/// no name.
void require_session_name(std::string_view name);

/// A request without the prefix of its session.
struct AddressedRequest {
    MockRequest request;
    /// As its prefix `/session/NAME` or its header field `X-Mock-Session` names it; nothing if
    /// neither does.
    std::optional<std::string> session;
};

/// The refusal (400) of a name that is none, or of two different names.
[[nodiscard]] std::variant<AddressedRequest, MockResponse> read_session(MockRequest request);

}  // namespace otp::mocks
