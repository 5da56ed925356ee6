#pragma once

#include "delivery/run/call.hpp"
#include "delivery/run/hint_fitting.hpp"
#include "delivery/run/kept_outcome.hpp"

#include <otp/verify_otp.hpp>

#include <chrono>

namespace otp::delivery {

/// A code to check.
class VerifyCall final : public Call {
public:
    using Request = VerifyOtp;
    using Outcome = Verification;

    explicit VerifyCall(VerifyOtp&& request);

    /// The caller's time limit, if it gave one.
    [[nodiscard]] std::optional<std::chrono::milliseconds> deadline() const noexcept {
        return request_.deadline;
    }

    [[nodiscard]] OperationKind kind() const noexcept override { return OperationKind::verify; }
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
    [[nodiscard]] std::optional<HttpRequest> encode_confirmation(
        ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
    ) override;
    [[nodiscard]] std::optional<Error> decode_confirmation(
        ProviderAdapter const& adapter, HttpResponse const& response, AttemptContext const& context
    ) override;
    [[nodiscard]] SentTexts sent_texts(InstanceConfig const& instance) const override {
        return SentTexts(request_, &instance);
    }
    [[nodiscard]] std::vector<AppliedHint> take_applied_hints() override {
        return hints_.take_applied();
    }
    void describe_success(Attempt& attempt) override;

    [[nodiscard]] KeptOutcome<Verification>& outcome() noexcept { return verification_; }

private:
    VerifyOtp request_;
    HintFitting<VerifyOtp> hints_;
    KeptOutcome<Verification> verification_;
};

}  // namespace otp::delivery
