#pragma once

#include <otp/adapter/access_token.hpp>
#include <otp/adapter/http_message.hpp>
#include <otp/adapter/sent_texts.hpp>
#include <otp/export.hpp>
#include <otp/result.hpp>
#include <otp/send_otp.hpp>
#include <otp/send_receipt.hpp>
#include <otp/vendor_description.hpp>
#include <otp/verify_otp.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

/// What an attempt brings along that a pure function cannot know. The same context is given to
/// `encode_…` and to the `decode_…` of its answer.
class AttemptContext {
public:
    /// The instance's name, for the handle.
    std::string_view instance;
    /// When this attempt began, UTC.
    std::chrono::sys_time<std::chrono::milliseconds> now;
    /// 20 random lower-case letters and digits, new for every attempt: an id for vendors that want
    /// one, where the request has no `reference`.
    std::string_view unique_reference;
    /// Masks what the request brought along in the texts that are kept of its answer.
    SentTexts sent;
    /// Whether the request's hints have been fitted to `vendor().hints` already, as the client
    /// does.
    bool hints_are_fitted{false};
};

/// Translates between the SDK's model and one vendor's wire format. An extension point: derive from
/// it to serve a vendor of your own, and add it to a `VendorRegistry`.
///
/// - Pure: no socket, clock, random number or environment; the context brings what is needed.
/// - One object for each configured instance, made by the vendor's factory, which checks the
///   configuration. It lives as long as the client.
/// - Thread safety: all members are const and called from several threads at once.
/// - Hints: the client fits them to `vendor().hints` before it calls `encode_…` (`fit_hints`), so
/// that
///   a hint that is there can be sent as it is: a locale in the vendor's spelling, an expiry within
///   its bounds, a reference that is not too long. What the description does not name is not there.
/// - Errors: `encode_…` refuses what the vendor would refuse, before any byte is sent, with a field
///   violation whose pointer leads into the request (`/to/phone`, `/vendor_fields/eko/csp_id`).
///   A recipient or channel that the vendor cannot serve is `unsupported`, so that a route can go
///   on to its next instance.
///   `decode_…` sets category, delivery, vendor code, message, request id and violations; the
///   client adds instance, vendor, HTTP status (if 0) and attempts.
class ProviderAdapter {
public:
    ProviderAdapter() = default;
    ProviderAdapter(ProviderAdapter const&) = delete;
    ProviderAdapter& operator=(ProviderAdapter const&) = delete;
    virtual ~ProviderAdapter() = default;

    [[nodiscard]] virtual VendorDescription const& vendor() const noexcept = 0;

    /// Scheme, host, port and base path that the configuration resolves to, without a final `/`:
    /// `https://api.stytch.com`.
    [[nodiscard]] virtual std::string const& base_url() const noexcept = 0;

    /// The environment that the credentials belong to (`live`), where the configuration need not
    /// name it; empty, which is the default: it is `InstanceConfig::environment`.
    [[nodiscard]] virtual std::string_view environment() const noexcept { return {}; }

    /// Null if the credentials go into each request as they are.
    [[nodiscard]] virtual TokenGrant const* token_grant() const noexcept { return nullptr; }

    [[nodiscard]] virtual Result<HttpRequest> encode_send(
        SendOtp const& send, AttemptContext const& context
    ) const = 0;

    /// Success only if the vendor's documented success predicate holds; a 2xx alone is not enough.
    [[nodiscard]] virtual Result<SendReceipt> decode_send(
        SendOtp const& send, HttpResponse const& response, AttemptContext const& context
    ) const = 0;

    /// The handle with which a code can be checked although the answer to the send was lost.
    /// Nothing, which is the default, where a check needs what only the answer says.
    [[nodiscard]] virtual std::optional<VerificationHandle> handle_before_answer(
        SendOtp const& send, AttemptContext const& context
    ) const;

    [[nodiscard]] virtual Result<HttpRequest> encode_verify(
        VerifyOtp const& verify, AttemptContext const& context
    ) const = 0;

    /// Fails closed: `approved` only for exactly the documented success. A wrong or expired code is
    /// an outcome; bad credentials, limits of the account and the like are errors.
    [[nodiscard]] virtual Result<Verification> decode_verify(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const = 0;

    /// A question that settles an approval whose answer says nothing by itself (a 200 without a
    /// body), made after `decode_verify` approved `response`. It must be safe to repeat (GET).
    /// Nothing, which is the default: the approval stands.
    [[nodiscard]] virtual std::optional<HttpRequest> encode_confirmation(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const;

    /// What the answer to that question makes of the approval. Fails closed.
    [[nodiscard]] virtual Result<Verification> decode_confirmation(
        VerifyOtp const& verify, HttpResponse const& response, AttemptContext const& context
    ) const;
};

}  // namespace otp
