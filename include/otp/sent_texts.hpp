#pragma once

#include <string>
#include <string_view>

namespace otp {

struct InstanceConfig;
class SendOtp;
class VerifyOtp;

/// What a request took to the vendor and nobody else may see: the recipient's number, address and
/// ids, the code, the references of the handle, the credentials of the instance. It makes safe what
/// is kept of the answer, in which any of it may be repeated.
///
/// Holds references only, and does its work when it is asked: making one costs nothing. Thread
/// safety: const members may be called from several threads. Lifetime: what it was made from must
/// outlive it.
class SentTexts {
public:
    /// Knows no text: only what looks like a number, an address, a code or a token is masked.
    SentTexts() noexcept = default;
    /// `instance` may be null: its credentials are not known then.
    explicit SentTexts(SendOtp const& send, InstanceConfig const* instance = nullptr) noexcept
        : send_(&send), instance_(instance) {}
    explicit SentTexts(VerifyOtp const& verify, InstanceConfig const* instance = nullptr) noexcept
        : verify_(&verify), instance_(instance) {}

    /// A vendor's text for people, made safe to keep: every known text is masked in its usual
    /// spellings, then the rest treated as by `scrub_vendor_text`.
    [[nodiscard]] std::string scrub_text(std::string_view text) const;

    /// A vendor's identifier (code, request id, name of a field), made safe to keep: kept as it is,
    /// as by `vendor_identifier`, unless a known text or what looks like an address or an
    /// international number is in it, which is masked.
    [[nodiscard]] std::string scrub_identifier(std::string_view text) const;

private:
    SendOtp const* send_{nullptr};
    VerifyOtp const* verify_{nullptr};
    InstanceConfig const* instance_{nullptr};
};

}  // namespace otp
