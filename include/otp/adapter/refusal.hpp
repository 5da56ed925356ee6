#pragma once

#include <otp/adapter/answer_problem.hpp>
#include <otp/adapter/error_rule.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/provider_adapter.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/error.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/verify_otp.hpp>

#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace OTP_EXPORT otp {
namespace adapter {

/// What an adapter read in the body of an answer that is no success. Views live as long as the body
/// that was read.
struct RefusalBody {
    BodySource source{BodySource::nobody};
    /// Looked up among the rules about codes, if there are any. One that they do not know blames
    /// nobody by the status alone.
    std::string_view code{};
    std::string_view message{};
    std::string_view request_id{};
    /// What a known code, number or text means; nothing: what the rules make of `code`.
    std::optional<ErrorCategory> category{};
    /// Only where the body proves something else than the HTTP status does.
    std::optional<Delivery> delivery{};
    /// What it means as the answer to a verify; nothing: what the rules make of `code`, or else an
    /// error there, too.
    std::optional<Verification::Outcome> outcome{};
    /// `code` is none that the vendor documents, although no rules are there to tell.
    bool unknown_code{false};
    std::vector<FieldViolation> violations{};
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

/// Judges a refusal by what its body says, then by the rules about statuses, then by
/// `category_of_status`, under the conditions that hold for every vendor:
///
/// - From status 500 up, and for a redirect, the status alone decides. Category, delivery,
///   violations and outcome of the body count for nothing: a failing server says nothing about the
///   request, and one elsewhere has not seen it. Code, message and request id are kept for people;
///   the message of a redirect says that it is one, and where it leads to.
/// - What is not the vendor's is no verdict of the vendor's: HTML, other text, and JSON where the
///   rule does not take it, are `bad_response`, and the message says what came instead.
/// - 408, 421, 429 and 5xx mean the same whoever answers.
///
/// The texts of `body` are cut and masked here (`AttemptContext::sent`), all but its violations.
[[nodiscard]] Refusal judge_refusal(
    HttpResponse const& response,
    RefusalBody body,
    std::span<ErrorRule const> rules,
    AttemptContext const& context
);

/// Names of the members of a refusal that is a JSON object, for `read_refusal`.
struct RefusalMembers {
    std::string_view code{};
    std::string_view message{};
    std::string_view request_id{};
};

/// Judges a refusal in which the vendor's code and message are members of the body itself, as most
/// vendors have it: `{"error": "bad_number", "message": "…"}`. A body without the member of the
/// code is not the vendor's.
[[nodiscard]] Refusal read_refusal(
    HttpResponse const& response,
    RefusalMembers const& members,
    std::span<ErrorRule const> rules,
    AttemptContext const& context
);

/// Whose a body is that the adapter did not recognise as the vendor's. One that could not be read
/// may be anybody's, and so may an empty one that says it is HTML.
[[nodiscard]] BodySource source_of_foreign_body(HttpResponse const& response);

/// `bad_response`: a 2xx (or other status) that breaks what the vendor documents; `problem` is our
/// own text: `expiresAt is missing`. A body that is plainly no JSON is named instead, as that is
/// the reason. Delivery by the status: `unknown` for a 2xx.
[[nodiscard]] Error not_understood(HttpResponse const& response, std::string_view problem);

/// As above, and where in the answer it is.
[[nodiscard]] Error not_understood(
    HttpResponse const& response, AnswerProblem const& problem, SentTexts const& sent
);

/// The outcome of a verify that `response` reports, with its HTTP status.
[[nodiscard]] Verification verification_of(
    Verification::Outcome outcome, HttpResponse const& response
);

[[nodiscard]] constexpr bool is_success_status(int http_status) noexcept {
    return http_status >= 200 && http_status < 300;
}

}  // namespace adapter
}  // namespace otp
