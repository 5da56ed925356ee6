#include "delivery/run/verify_call.hpp"

#include "delivery/decide/redact.hpp"
#include "delivery/decide/trace_hint.hpp"
#include "delivery/run/vendor_field_check.hpp"

#include <utility>

namespace otp::delivery {

namespace {

/// Some vendors answer a wrong code with 4xx, after they have counted it. Where such an answer
/// cannot be understood, nobody can tell.
bool may_be_about_the_code(Error const& error, int http_status) noexcept {
    bool const is_refusal = http_status >= 400 && http_status < 500;
    return is_refusal && error.category == ErrorCategory::bad_response;
}

}  // namespace

VerifyCall::VerifyCall(VerifyOtp&& request) : request_(std::move(request)), hints_(request_) {
    drop_malformed_traceparent(request_.traceparent);
}

Result<HttpRequest> VerifyCall::encode(
    ProviderAdapter const& adapter, AttemptContext const& context
) {
    if (auto refusal = hints_.fit(request_, adapter)) return std::move(*refusal);
    if (request_.vendor_fields.empty()) return adapter.encode_verify(request_, context);
    auto const& vendor = adapter.vendor();
    return refuse_unknown_fields(
        adapter.encode_verify(request_, context),
        request_.vendor_fields,
        vendor.name,
        vendor.verify_fields
    );
}

std::optional<Error> VerifyCall::decode(
    ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
) {
    std::optional<Error> error =
        verification_.keep([&] { return adapter.decode_verify(request_, response, context); });
    if (!error) redact(verification_.value(), context.sent);
    if (error && may_be_about_the_code(*error, response.status)) {
        error->delivery = Delivery::unknown;
    }
    return error;
}

std::optional<HttpRequest> VerifyCall::encode_confirmation(
    ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
) {
    if (!verification_.value().approved()) return std::nullopt;
    return adapter.encode_confirmation(request_, response, context);
}

std::optional<Error> VerifyCall::decode_confirmation(
    ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
) {
    std::optional<Error> error = verification_.keep([&] {
        return adapter.decode_confirmation(request_, response, context);
    });
    if (!error) redact(verification_.value(), context.sent);
    return error;
}

void VerifyCall::describe_success(Attempt& attempt) {
    auto& verification = verification_.value();
    attempt.outcome = verification.outcome;
    attempt.vendor_code = verification.vendor_code;
    attempt.request_id = verification.request_id;
    verification.http_status = attempt.http_status;
}

}  // namespace otp::delivery
