#include "delivery/run/send_call.hpp"

#include "delivery/decide/redact.hpp"
#include "delivery/decide/trace_hint.hpp"
#include "delivery/run/vendor_field_check.hpp"

#include <utility>

namespace otp::delivery {

SendCall::SendCall(SendOtp&& request) : request_(std::move(request)), hints_(request_) {
    drop_malformed_traceparent(request_.traceparent);
}

Result<HttpRequest> SendCall::encode(
    ProviderAdapter const& adapter, AttemptContext const& context
) {
    if (auto refusal = hints_.fit(request_, adapter)) return std::move(*refusal);
    if (request_.vendor_fields.empty()) return adapter.encode_send(request_, context);
    auto const& vendor = adapter.vendor();
    return refuse_unknown_fields(
        adapter.encode_send(request_, context),
        request_.vendor_fields,
        vendor.name,
        vendor.send_fields
    );
}

std::optional<Error> SendCall::decode(
    ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
) {
    std::optional<Error> error =
        receipt_.keep([&] { return adapter.decode_send(request_, response, context); });
    if (!error) redact(receipt_.value(), context.sent);
    return error;
}

std::optional<VerificationHandle> SendCall::handle_before_answer(
    ProviderAdapter const& adapter, AttemptContext const& context
) const {
    return adapter.handle_before_answer(request_, context);
}

void SendCall::describe_success(Attempt& attempt) {
    attempt.request_id = receipt_.value().request_id;
}

}  // namespace otp::delivery
