#pragma once

#include "common/error_table.hpp"

#include <otp/error.hpp>
#include <otp/http_message.hpp>
#include <otp/provider_adapter.hpp>
#include <otp/verify_otp.hpp>

#include <boost/json/object.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace otp::eko {

/// The members that every answer of Eko has (https://eps.eko.in/docs/error-codes). Views live as
/// long as the object that was read.
struct EkoEnvelope {
    /// Nothing if it is missing, null, or neither an integer nor one as text.
    std::optional<std::int64_t> status;
    std::optional<std::int64_t> response_status_id;
    /// A decision member or `data` has a type that it cannot have.
    bool malformed{false};
    std::string_view message;
    /// Null if it is missing or null.
    boost::json::object const* data{nullptr};
    /// `invalid_params` (samples) or `invalid_parameters` (prose); null if there is none.
    boost::json::object const* invalid_fields{nullptr};

    /// Whether Eko did what was asked: `status` is 0, and `response_status_id` contradicts it with
    /// none of the numbers that mean a failure. A `response_status_id` of -1 is a success.
    [[nodiscard]] bool succeeded() const noexcept;
};

[[nodiscard]] EkoEnvelope read_envelope(boost::json::object const& body) noexcept;

/// What an answer that is no success means.
class EkoRefusal {
public:
    explicit EkoRefusal(Error refusal_error) : error(std::move(refusal_error)) {}

    Error error;
    /// Set if the answer says that the code was not accepted; only a verify may use it.
    std::optional<Verification::Outcome> outcome;
};

/// Reads the refusal in `envelope`: by number, then by message, then by HTTP status.
[[nodiscard]] EkoRefusal read_refusal(
    EkoEnvelope const& envelope, HttpResponse const& response, AttemptContext const& context
);

/// For an answer whose body is no JSON object: by HTTP status alone.
[[nodiscard]] Error refusal_without_body(
    HttpResponse const& response, AttemptContext const& context
);

}  // namespace otp::eko
