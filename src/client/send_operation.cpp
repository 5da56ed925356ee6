#include "client/send_operation.hpp"

#include "delivery/redact.hpp"

namespace otp {

SendOperation::SendOperation(
    std::shared_ptr<ClientState> state,
    std::span<delivery::Instance* const> candidates,
    SendOtp&& request,
    Handler&& handler
)
    : ClientOperation(std::move(state), candidates, request.deadline, std::move(handler)),
      request_(std::move(request)) {}

Result<HttpRequest> SendOperation::encode(AttemptContext const& context) {
    return adapter().encode_send(request_, context);
}

std::optional<Error> SendOperation::decode(
    HttpResponse const& response, AttemptContext const& context
) {
    std::optional<Error> error = keep(adapter().decode_send(request_, response, context));
    if (!error) delivery::redact(value(), context.sent);
    return error;
}

void SendOperation::describe_success(Attempt& attempt) {
    attempt.request_id = value().request_id;
    attempt.dropped_hints = adapter().dropped_hints(request_);
}

}  // namespace otp
