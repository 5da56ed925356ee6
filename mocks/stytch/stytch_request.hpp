#pragma once

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

enum class StytchOperation { send, login_or_create, authenticate };

/// What the path of a request asks for.
struct StytchCall {
    StytchOperation operation;
    /// `sms`, `whatsapp`, `email`; empty for authenticate.
    std::string channel;
};

/// Nothing for a path that does not exist.
[[nodiscard]] std::optional<StytchCall> parse_stytch_path(std::string_view path);

/// The `error_type` of a body that does not fit the call; nothing if it fits.
[[nodiscard]] std::optional<std::string_view> stytch_body_error(
    StytchCall const& call, boost::json::object const& body
);

}  // namespace otp::mocks
