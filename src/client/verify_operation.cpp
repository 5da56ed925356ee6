#include "client/verify_operation.hpp"

#include "client/vendor_field_check.hpp"
#include "delivery/redact.hpp"

namespace otp {

namespace {

/// Some vendors answer a wrong code with 4xx, after they have counted it. Where such an answer
/// cannot be understood, nobody can tell.
bool may_be_about_the_code(Error const& error, int http_status) noexcept {
    bool const is_refusal = http_status >= 400 && http_status < 500;
    return is_refusal && error.category == ErrorCategory::bad_response;
}

}  // namespace

VerifyOperation::VerifyOperation(
    std::shared_ptr<ClientState> state,
    std::span<delivery::Instance* const> sender,
    VerifyOtp&& request
)
    : ClientOperation(std::move(state), sender, request.deadline),
      request_(std::move(request)),
      hints_(request_) {}

Result<HttpRequest> VerifyOperation::encode(AttemptContext const& context) {
    if (auto refusal = hints_.fit(request_, adapter())) return std::move(*refusal);
    if (request_.vendor_fields.empty()) return adapter().encode_verify(request_, context);
    auto const& vendor = adapter().vendor();
    return refuse_unknown_fields(
        adapter().encode_verify(request_, context),
        request_.vendor_fields,
        vendor.name,
        vendor.verify_fields
    );
}

std::optional<Error> VerifyOperation::decode(
    HttpResponse const& response, AttemptContext const& context
) {
    std::optional<Error> error = keep([&] {
        return confirming() ? adapter().decode_confirmation(request_, response, context)
                            : adapter().decode_verify(request_, response, context);
    });
    if (!error) delivery::redact(value(), context.sent);
    if (error && !confirming() && may_be_about_the_code(*error, response.status))
        error->delivery = Delivery::unknown;
    return error;
}

std::optional<HttpRequest> VerifyOperation::encode_confirmation(
    HttpResponse const& response, AttemptContext const& context
) {
    if (!value().approved()) return std::nullopt;
    return adapter().encode_confirmation(request_, response, context);
}

void VerifyOperation::describe_success(Attempt& attempt) {
    attempt.outcome = value().outcome;
    attempt.vendor_code = value().vendor_code;
    attempt.request_id = value().request_id;
    value().http_status = attempt.http_status;
}

}  // namespace otp
