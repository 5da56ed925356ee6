#include <otp/adapter/provider_adapter.hpp>

namespace otp {

std::optional<VerificationHandle> ProviderAdapter::handle_before_answer(
    SendOtp const& /*send*/, AttemptContext const& /*context*/
) const {
    return std::nullopt;
}

std::optional<HttpRequest> ProviderAdapter::encode_confirmation(
    VerifyOtp const& /*verify*/, HttpResponse const& /*response*/, AttemptContext const& /*context*/
) const {
    return std::nullopt;
}

Result<Verification> ProviderAdapter::decode_confirmation(
    VerifyOtp const& /*verify*/, HttpResponse const& /*response*/, AttemptContext const& /*context*/
) const {
    return Error(
        ErrorCategory::internal, "this adapter asks for no confirmation", Delivery::unknown
    );
}

}  // namespace otp
