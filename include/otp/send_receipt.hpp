#pragma once

#include <otp/attempt.hpp>
#include <otp/export.hpp>
#include <otp/otp_code.hpp>
#include <otp/verification_handle.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace OTP_EXPORT otp {

/// The vendor took the request. It means "accepted", never "delivered".
class SendReceipt {
public:
    explicit SendReceipt(VerificationHandle verification_handle)
        : handle(std::move(verification_handle)) {}

    VerificationHandle handle;
    /// UTC. Only if the vendor says so or documents a fixed expiry.
    std::optional<std::chrono::sys_time<std::chrono::milliseconds>> expires_at;
    /// The vendor's correlation id, if any.
    std::string request_id;
    /// The code itself, which two vendors hand out in their test modes (LoyaltyDog `mockCode`,
    /// Eko UAT `otp`). Never set in production.
    std::optional<OtpCode> test_code;
    /// An attempt before the accepted one left open whether a code is on its way, and the route
    /// went on all the same (`OnUnknown`): the recipient may get two codes, of which this receipt's
    /// handle checks the last.
    bool may_have_sent_more{false};
    /// Every attempt made, in order; the last one is the accepted one.
    std::vector<Attempt> attempts;
    /// What an operator should know about this answer; also told to `Observer::on_warning`. Safe to
    /// log.
    std::vector<std::string> warnings;
};

}  // namespace otp
