#pragma once

#include <otp/adapter/sent_texts.hpp>
#include <otp/error.hpp>
#include <otp/export.hpp>

#include <boost/json/object.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {
namespace adapter {

/// Problem details (RFC 9457) as two vendors send them; every member may be missing or null. The
/// views live as long as the object that was read; `violations` are already scrubbed.
///
/// - SpherePay: `errors` is an array of `{detail, pointer?, parameter?, header?}`; `code` and
///   `correlationId` are additional members.
/// - ASP.NET Core: `errors` is a map of field name to messages, the key `Error` being of no field;
///   `traceId` is an additional member.
struct ProblemDetails {
    std::optional<std::string_view> title;
    std::optional<std::string_view> detail;
    std::optional<std::string_view> code;
    /// `correlationId` or `traceId`.
    std::optional<std::string_view> trace_id;
    /// The first message that belongs to no field (`errors.Error[0]`).
    std::optional<std::string_view> general_error;
    std::vector<FieldViolation> violations;
};

/// Reads what is there; members of a wrong type count as missing. `sent` is what the request
/// brought along.
[[nodiscard]] ProblemDetails read_problem_details(
    boost::json::object const& body, SentTexts const& sent
);

}  // namespace adapter
}  // namespace otp
