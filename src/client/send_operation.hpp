#pragma once

#include "client/client_operation.hpp"
#include "client/hint_fitting.hpp"

#include <otp/send_otp.hpp>
#include <otp/send_receipt.hpp>

#include <utility>

namespace otp {

/// `OtpClient::async_send`.
class SendOperation final : public ClientOperation<SendReceipt> {
public:
    using Request = SendOtp;

    SendOperation(
        std::shared_ptr<ClientState> state,
        std::span<delivery::Instance* const> candidates,
        SendOtp&& request
    );

private:
    Result<HttpRequest> encode(AttemptContext const& context) override;
    std::optional<Error> decode(HttpResponse const& response, AttemptContext const& context)
        override;
    SentTexts sent_texts(InstanceConfig const& instance) const override {
        return SentTexts(request_, &instance);
    }
    [[nodiscard]] std::optional<VerificationHandle> handle_before_answer(
        AttemptContext const& context
    ) const override;
    void describe_success(Attempt& attempt) override;
    std::vector<AppliedHint> take_applied_hints() override { return hints_.take_applied(); }
    void tell_warnings(Attempt const& attempt);

    SendOtp request_;
    HintFitting<SendOtp> hints_;
};

}  // namespace otp
