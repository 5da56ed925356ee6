#pragma once

#include "common/error_table.hpp"

#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/error.hpp>
#include <otp/verify_otp.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace otp::common {

/// What an adapter read in the body of an answer that is no success. Views live as long as the body
/// that was read.
struct RefusalBody {
    BodySource source{BodySource::nobody};
    std::string_view code;
    std::string_view message;
    std::string_view request_id;
    /// What a known code, number or text means; nothing if none is known.
    std::optional<ErrorCategory> category;
    /// Only where the body proves something else than the HTTP status does.
    std::optional<Delivery> delivery;
    /// What it means as the answer to a verify; nothing: an error there, too.
    std::optional<Verification::Outcome> outcome;
    /// `code` is none that the vendor documents, so that nobody may be blamed by the status alone.
    bool unknown_code{false};
    std::vector<FieldViolation> violations;
};

/// What an answer that is no success means.
class Refusal {
public:
    explicit Refusal(Error refusal_error) : error(std::move(refusal_error)) {}

    Error error;
    /// Set if the answer says that the code was not accepted; only a verify may use it.
    std::optional<Verification::Outcome> outcome;

    /// The answer to a verify: the outcome if there is one, else the error.
    [[nodiscard]] Result<Verification> verification() &&;
};

/// Judges a refusal by what its body says, then by the vendor's status table, then by
/// `category_of_status`, under the rules that hold for every vendor:
///
/// - From status 500 up, and for a redirect, the status alone decides. Category, delivery,
///   violations and outcome of the body count for nothing: a failing server says nothing about the
///   request, and one elsewhere has not seen it. Code, message and request id are kept for people;
///   the message of a redirect says that it is one, and where it leads to (`redirect_message`).
/// - What is not the vendor's is no verdict of the vendor's: HTML, other text, and JSON where the
///   table does not take it, are `bad_response`, and the message says what came instead.
[[nodiscard]] Refusal judge_refusal(
    HttpResponse const& response,
    RefusalBody body,
    std::span<StatusRule const> statuses,
    AttemptContext const& context
);

/// Says of a body that is not the vendor's what it is, and who may have answered.
[[nodiscard]] std::string foreign_body_message(BodySource source, HttpResponse const& response);

/// Whose a body is that the adapter did not recognise as the vendor's. One that could not be read
/// may be anybody's, and so may an empty one that says it is HTML.
[[nodiscard]] BodySource source_of_foreign_body(HttpResponse const& response);

}  // namespace otp::common
