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

/// The error body of a FastAPI service: `{"detail": …}`, where `detail` is a text, an object or an
/// array of `{loc, msg, type}` (https://fastapi.tiangolo.com/tutorial/handling-errors/).
struct FastApiError {
    /// `detail` itself, or `message`, `msg` or `error` of a `detail` object.
    std::optional<std::string_view> message;
    /// `code` of a `detail` object, or `type` of the first validation error.
    std::optional<std::string_view> code;
    /// `loc` as a JSON pointer: `["body", "target"]` is `/body/target`. Already scrubbed; `input`
    /// and `ctx`, which repeat what was sent, are left out.
    std::vector<FieldViolation> violations;
};

/// Reads what is there; nothing if the body has no `detail`. `sent` is what the request brought
/// along.
[[nodiscard]] std::optional<FastApiError> read_fastapi_error(
    boost::json::object const& body, SentTexts const& sent
);

}  // namespace adapter
}  // namespace otp
