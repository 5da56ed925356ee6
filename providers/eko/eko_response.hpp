#pragma once

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/refusal.hpp>

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

    /// Whether it says plainly that Eko did not do what was asked: a `status` other than 0. A
    /// `status` of 0 that something contradicts proves nothing.
    [[nodiscard]] bool says_failure() const noexcept { return status.value_or(0) != 0; }
    /// Whether something in it says that a code is under way all the same.
    [[nodiscard]] bool may_have_sent() const noexcept;
};

[[nodiscard]] EkoEnvelope read_envelope(boost::json::object const& body) noexcept;

/// Reads the refusal in `response`, whose status is 200 or outside 2xx: by number, then by message,
/// then by HTTP status. A body that is not Eko's is judged as by `judge_refusal`.
[[nodiscard]] adapter::Refusal read_refusal(
    HttpResponse const& response, AttemptContext const& context
);

}  // namespace otp::eko
