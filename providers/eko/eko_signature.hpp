#pragma once

#include <otp/result.hpp>
#include <otp/secret.hpp>

#include <string>
#include <string_view>

namespace otp::eko {

/// Makes the `secret-key` header of one request (https://eps.eko.in/docs/how-auth-works): base64 of
/// HMAC-SHA256 over the text of the timestamp. Only the timestamp is signed, so each attempt needs
/// a signature of its own; a stale one is refused with 403.
class EkoSigner {
public:
    EkoSigner() = default;

    /// Keeps what is derived from the key, and not the key itself.
    explicit EkoSigner(std::string_view access_key);

    /// `timestamp` is the very text of the `secret-key-timestamp` header: milliseconds since 1970
    /// in decimal. Errors: `internal`, if the cryptographic library fails.
    [[nodiscard]] Result<std::string> sign(std::string_view timestamp) const;

private:
    /// The base64 *text* of the access key is the HMAC key; it is not decoded again.
    Secret hmac_key_;
};

}  // namespace otp::eko
