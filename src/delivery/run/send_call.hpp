#pragma once

#include "delivery/run/call.hpp"
#include "delivery/run/hint_fitting.hpp"
#include "delivery/run/kept_outcome.hpp"

#include <otp/send_otp.hpp>
#include <otp/send_receipt.hpp>

#include <chrono>

namespace otp::delivery {

/// A code to send.
class SendCall final : public Call {
public:
    using Request = SendOtp;
    using Outcome = SendReceipt;

    explicit SendCall(SendOtp&& request);

    /// The caller's time limit, if it gave one.
    [[nodiscard]] std::optional<std::chrono::milliseconds> deadline() const noexcept {
        return request_.deadline;
    }

    [[nodiscard]] OperationKind kind() const noexcept override { return OperationKind::send; }
    [[nodiscard]] Guard::Request guard_request(std::string_view target) const noexcept override {
        return {target, &request_};
    }
    [[nodiscard]] std::string_view traceparent() const noexcept override {
        return request_.traceparent ? *request_.traceparent : std::string_view();
    }

    [[nodiscard]] Result<HttpRequest> encode(
        ProviderAdapter const& adapter, AttemptContext const& context
    ) override;
    [[nodiscard]] std::optional<Error> decode(
        ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
    ) override;
    [[nodiscard]] std::optional<VerificationHandle> handle_before_answer(
        ProviderAdapter const& adapter, AttemptContext const& context
    ) const override;
    [[nodiscard]] SentTexts sent_texts(InstanceConfig const& instance) const override {
        return SentTexts(request_, &instance);
    }
    [[nodiscard]] std::vector<AppliedHint> take_applied_hints() override {
        return hints_.take_applied();
    }
    void describe_success(Attempt& attempt) override;
    void may_have_sent_more() override { receipt_.value().may_have_sent_more = true; }
    [[nodiscard]] std::vector<std::string> const* warnings() const noexcept override {
        return &receipt_.value().warnings;
    }

    [[nodiscard]] KeptOutcome<SendReceipt>& outcome() noexcept { return receipt_; }

private:
    SendOtp request_;
    HintFitting<SendOtp> hints_;
    KeptOutcome<SendReceipt> receipt_;
};

}  // namespace otp::delivery
