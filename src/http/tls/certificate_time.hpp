#pragma once

#include <otp/seam/clock.hpp>

#include <openssl/asn1.h>

#include <string>

namespace otp::http {

/// A date of a certificate or revocation list. One that cannot be read is long past.
[[nodiscard]] Clock::UtcTime utc_of(ASN1_TIME const* time) noexcept;

/// For a message: `2026-03-09T20:46:31Z`.
[[nodiscard]] std::string in_words(Clock::UtcTime time);

}  // namespace otp::http
