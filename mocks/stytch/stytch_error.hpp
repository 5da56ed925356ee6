#pragma once

#include "vendor/vendor_answer.hpp"
#include "vendor/vendor_document.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string_view>

namespace otp::mocks {

// What Stytch demands, and where it says so.
inline constexpr VendorDocument stytch_send_document{
    "https://stytch.com/docs/api-reference/consumer/api/otp/via-sms/send"};
inline constexpr VendorDocument stytch_verify_document{
    "https://stytch.com/docs/api/authenticate-otp"};
inline constexpr VendorDocument stytch_sandbox_document{
    "https://stytch.com/docs/guides/testing/sandbox-values"};

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
    /// What the request, the user or the account should have been like; for people.
    std::string_view demands;
    /// As `Explanation`; empty where no part of the request is to blame, or no certain one.
    std::string_view broken_by{};
};

/// All of them, in the order of the reserved phone numbers.
[[nodiscard]] std::span<StytchErrorType const> stytch_error_types() noexcept;

/// The type of that name; the first one for an unknown name.
[[nodiscard]] StytchErrorType const& stytch_error_type(std::string_view name) noexcept;

[[nodiscard]] boost::json::object stytch_error_body(StytchErrorType const& type);

/// The documented error object with the HTTP status of `error_type`, and what its page demands.
[[nodiscard]] Refusal stytch_error(std::string_view error_type);

/// The same for a request that is known to break a rule.
[[nodiscard]] Refusal stytch_error(std::string_view error_type, Explanation why);

/// What the page of an error type says.
[[nodiscard]] Explanation explain_stytch_error(StytchErrorType const& type);

}  // namespace otp::mocks
