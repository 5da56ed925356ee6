#pragma once

#include <otp/applied_hint.hpp>
#include <otp/channel.hpp>
#include <otp/error.hpp>
#include <otp/export.hpp>
#include <otp/send_otp.hpp>
#include <otp/vendor_description.hpp>
#include <otp/verify_otp.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace OTP_EXPORT otp {

/// The hints of a request: wishes that each vendor honours as nearly as it can.
struct Hints {
    std::optional<std::string> locale;
    std::optional<std::chrono::minutes> expires_in;
    std::optional<std::string> reference;
    ClientAttributes client;
};

/// Whether there is any hint in the request.
[[nodiscard]] inline bool has_hints(VerifyOtp const& verify) noexcept {
    return verify.client.ip_address || verify.client.user_agent;
}
[[nodiscard]] inline bool has_hints(SendOtp const& send) noexcept {
    return send.locale || send.expires_in || send.reference || send.client.ip_address ||
           send.client.user_agent;
}

/// A copy of the request's hints. A verify has only those about the client.
[[nodiscard]] Hints hints_of(SendOtp const& send);
[[nodiscard]] Hints hints_of(VerifyOtp const& verify);

/// Replaces the request's hints.
void set_hints(SendOtp& send, Hints hints);
void set_hints(VerifyOtp& verify, Hints hints);

/// What one vendor makes of a request's hints.
struct FittedHints {
    /// What the vendor is asked for.
    Hints used;
    /// One entry for each hint of the request, in the order locale, expires_in, reference,
    /// client.ip_address, client.user_agent.
    std::vector<AppliedHint> applied;
    /// Set if a hint is meaningless for every vendor: `invalid_request`, with a violation at
    /// `/locale` (no language tag) or `/expires_in` (not longer than 0).
    std::optional<Error> refusal;
};

/// Fits each hint of the request to what the vendor can honour (`HonouredHints`); what it cannot is
/// left out.
///
/// - `locale`: the vendor's tag for the channel that is nearest (`nearest_language_tag`): to the
/// wish
///   or, if it is the value of `Accept-Language`, to the first wish by weight that any is near to.
///   `en_US.UTF-8` is `en-US`; `*`, `C` and `POSIX` are no wish.
/// - `expires_in`: brought into the vendor's range.
/// - `reference`: as it is if it fits; else the first characters of the SHA-256 of its bytes in
///   lower-case base32 (RFC 4648), so that the same reference always gives the same one. One of
///   white space and invisible characters only is left out.
/// - `client.ip_address`: an IPv4 or IPv6 address, without port, brackets and zone; of a list the
///   first one; IPv4 that is mapped into IPv6 as IPv4. What holds no address there is left out, and
///   so is an address that only its own network knows (private, loopback, link-local and the like).
/// - `client.user_agent`: as UTF-8 (what is none is taken for ISO 8859-1), with blanks for tabs and
///   line breaks, without other control characters, cut to the vendor's limit after a whole
///   character. One in which nothing can be seen is left out.
///
/// What has been fitted fits: to fit it again changes nothing.
[[nodiscard]] FittedHints fit_hints(SendOtp const& send, VendorDescription const& vendor);
[[nodiscard]] FittedHints fit_hints(VerifyOtp const& verify, VendorDescription const& vendor);

/// The channel that a send takes at a vendor: the request's own, or else the vendor's first one
/// that the recipient can be reached by, a phone number before an email address. The vendor may not
/// have it: that is for its adapter to say.
[[nodiscard]] Channel channel_of(SendOtp const& send, VendorDescription const& vendor) noexcept;

}  // namespace otp
