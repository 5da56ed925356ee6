#include "client/send_operation.hpp"

namespace otp {

SendOperation::SendOperation(
    std::shared_ptr<ClientState> state,
    std::span<delivery::Instance* const> candidates,
    SendOtp&& request,
    Handler&& handler
)
    : ClientOperation(std::move(state), candidates, request.deadline, std::move(handler)),
      request_(std::move(request)),
      hints_(request_) {}

Result<HttpRequest> SendOperation::encode(AttemptContext const& context) {
    if (auto refusal = hints_.fit(request_, adapter())) return std::move(*refusal);
    return adapter().encode_send(request_, context);
}

std::optional<Error> SendOperation::decode(
    HttpResponse const& response, AttemptContext const& context
) {
    return keep(adapter().decode_send(request_, response, context));
}

void SendOperation::describe_success(Attempt& attempt) {
    attempt.request_id = value().request_id;
}

}  // namespace otp
