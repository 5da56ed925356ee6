#pragma once

#include <otp/attempt.hpp>
#include <otp/export.hpp>
#include <otp/otp_code.hpp>
#include <otp/secret.hpp>
#include <otp/send_otp.hpp>
#include <otp/verification_handle.hpp>
#include <otp/verification_outcome.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace OTP_EXPORT otp {

/// A request to check the code that the person typed. It goes to the instance that sent the code.
class VerifyOtp {
public:
    VerifyOtp(VerificationHandle verification_handle, OtpCode typed_code)
        : handle(std::move(verification_handle)), code(std::move(typed_code)) {}

    VerificationHandle handle;
    OtpCode code;
    ClientAttributes client;
    /// As of a send: a key that the vendor does not have is refused before anything is sent.
    VendorFields vendor_fields;
    /// As of a send.
    std::optional<std::string> traceparent;
    /// Time for the whole operation; overrides the configuration's `deadline`.
    std::optional<std::chrono::milliseconds> deadline;
};
static_assert(!std::is_aggregate_v<VerifyOtp>);

/// What the vendor hands out for a right code. The texts are secrets.
class SessionToken {
public:
    SessionToken() = default;
    /// An opaque session token (Stytch `session_token`, LoyaltyDog `sessionToken`, Eko
    /// `otp_verification_token`); empty if there is none.
    Secret token;
    /// A session JWT (Stytch `session_jwt`); empty if there is none.
    Secret jwt;
};

/// The vendor's answer to a check. A wrong code is a result and not an error.
class Verification {
public:
    using Outcome = VerificationOutcome;

    explicit Verification(Outcome verification_outcome) : outcome(verification_outcome) {}

    [[nodiscard]] bool approved() const noexcept { return outcome == Outcome::approved; }

    Outcome outcome;
    std::optional<SessionToken> session;
    std::string request_id;
    std::string vendor_code;
    int http_status{0};
    /// The id under which the vendor knows the verified person, if it says so.
    std::string user_id;
    std::vector<Attempt> attempts;
};

}  // namespace otp
