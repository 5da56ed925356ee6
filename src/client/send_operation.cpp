#include "client/send_operation.hpp"

#include "client/vendor_field_check.hpp"
#include "delivery/redact.hpp"

namespace otp {

SendOperation::SendOperation(
    std::shared_ptr<ClientState> state,
    std::span<delivery::Instance* const> candidates,
    SendOtp&& request
)
    : ClientOperation(std::move(state), candidates, request.deadline),
      request_(std::move(request)),
      hints_(request_) {}

Result<HttpRequest> SendOperation::encode(AttemptContext const& context) {
    if (auto refusal = hints_.fit(request_, adapter())) return std::move(*refusal);
    if (request_.vendor_fields.empty()) return adapter().encode_send(request_, context);
    auto const& vendor = adapter().vendor();
    return refuse_unknown_fields(
        adapter().encode_send(request_, context),
        request_.vendor_fields,
        vendor.name,
        vendor.send_fields
    );
}

std::optional<Error> SendOperation::decode(
    HttpResponse const& response, AttemptContext const& context
) {
    std::optional<Error> error =
        keep([&] { return adapter().decode_send(request_, response, context); });
    if (!error) delivery::redact(value(), context.sent);
    return error;
}

std::optional<VerificationHandle> SendOperation::handle_before_answer(AttemptContext const& context
) const {
    return adapter().handle_before_answer(request_, context);
}

void SendOperation::describe_success(Attempt& attempt) {
    attempt.request_id = value().request_id;
    if (!value().warnings.empty()) tell_warnings(attempt);
}

void SendOperation::tell_warnings(Attempt const& attempt) {
    Observer* const observer = environment().observer.get();
    if (observer == nullptr) return;
    for (std::string const& message : value().warnings)
        observer->on_warning({attempt.instance, attempt.vendor, message});
}

}  // namespace otp
