#pragma once

#include "vendor/vendor_answer.hpp"

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

/// The refusal of a body that does not fit the call; nothing if it fits.
[[nodiscard]] std::optional<Refusal> refuse_stytch_body(
    StytchCall const& call, boost::json::object const& body
);

}  // namespace otp::mocks
