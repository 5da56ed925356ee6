#pragma once

#include "client/client_operation.hpp"
#include "client/hint_fitting.hpp"

#include <otp/verify_otp.hpp>

#include <utility>

namespace otp {

/// `OtpClient::async_verify`.
class VerifyOperation final : public ClientOperation<Verification> {
public:
    using Request = VerifyOtp;

    VerifyOperation(
        std::shared_ptr<ClientState> state,
        std::span<delivery::Instance* const> sender,
        VerifyOtp&& request
    );

private:
    Result<HttpRequest> encode(AttemptContext const& context) override;
    std::optional<Error> decode(HttpResponse const& response, AttemptContext const& context)
        override;
    SentTexts sent_texts(InstanceConfig const& instance) const override {
        return SentTexts(request_, &instance);
    }
    [[nodiscard]] std::optional<HttpRequest> encode_confirmation(
        HttpResponse const& response, AttemptContext const& context
    ) override;
    void describe_success(Attempt& attempt) override;
    std::vector<AppliedHint> take_applied_hints() override { return hints_.take_applied(); }

    VerifyOtp request_;
    HintFitting<VerifyOtp> hints_;
};

}  // namespace otp
