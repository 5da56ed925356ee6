#pragma once

#include "wire/exchange.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace otp::mocks {

/// Of answers that are the same each time.
inline constexpr std::string_view stytch_request_id =
    "request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141";

/// A documented error.
struct StytchErrorType {
    /// The steps that have a reserved recipient for it, as bits.
    enum Steps : unsigned { none = 0, send = 1, verify = 2, both = 3 };

    std::string_view name;
    int http_status;
    Steps steps;
    std::string_view message;
};

/// All of them, in the order of the reserved phone numbers.
[[nodiscard]] std::span<StytchErrorType const> stytch_error_types() noexcept;

/// The type of that name; the first one for an unknown name.
[[nodiscard]] StytchErrorType const& stytch_error_type(std::string_view name) noexcept;

[[nodiscard]] boost::json::object stytch_error_body(StytchErrorType const& type);

/// The documented error object with the HTTP status of `error_type`.
[[nodiscard]] MockResponse stytch_error(std::string_view error_type);

}  // namespace otp::mocks
