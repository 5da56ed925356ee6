#pragma once

#include <otp/export.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace otp::model {
class KnownTexts;
}

namespace OTP_EXPORT otp {

struct InstanceConfig;
class SendOtp;
class VerifyOtp;

/// What a request took to the vendor and nobody else may see: the recipient's number, address and
/// ids, the code, the references of the handle, the vendor's own fields, the client's attributes,
/// the credentials of the instance and the access token. It makes safe what is kept of the answer,
/// in which any of it may be repeated.
///
/// A known text is found in its usual spellings: percent-encoded (`%40`, `%u0040`), with HTML
/// character references, in quoted-printable (`=40`), with the escapes of JSON and programming
/// languages (`\u0040`, `\U00000040`, `\u{40}`, `\x40`, `\x{40}`, `\100`, `\n`, `\@`), in capitals,
/// in full-width, raised, circled and other forms or the digits of any script, with separators,
/// white space, invisible characters, combining marks or markup (`<b>`) in it, in hexadecimal or
/// Base64 (either alphabet, with or without padding), an address also with `at` and `dot` in words,
/// an IP address in each of its forms. Of a phone number any 7 digits in a row are known, of a code
/// any 4, with up to four separators between two digits; of everything else the whole text, if it
/// has at least 4 letters and digits. The whole word around a known text is masked with it, as
/// `***`.
///
/// What is shorter than 4 letters and digits, a code of 1 to 3 included, is not looked for: it
/// stands in every text by chance. So such a code can be shown if a vendor repeats it.
///
/// Short texts (below 8 letters and digits; below 6 if there are both) are known as whole words
/// only, as they stand in other words by chance: a code `AB12` is masked in `code: AB12`, but not
/// in `wrongAB12` or `AB12x`. The model's own words (`phone`, `email`, `true`, ...) are not known
/// at all.
///
/// Holds references only, and does its work when it is asked: making one costs nothing. Thread
/// safety: none, as it belongs to one attempt. Lifetime: what it was made from must outlive it, and
/// stay as it is from the first question on.
class SentTexts {
public:
    /// Knows no text: only what looks like a number, an address, a code or a token is masked.
    SentTexts() noexcept = default;
    /// `instance` may be null: its credentials are not known then.
    explicit SentTexts(SendOtp const& send, InstanceConfig const* instance = nullptr) noexcept
        : send_(&send), instance_(instance) {}
    explicit SentTexts(VerifyOtp const& verify, InstanceConfig const* instance = nullptr) noexcept
        : verify_(&verify), instance_(instance) {}
    /// For a request that takes along nothing but the credentials: one for a token.
    explicit SentTexts(InstanceConfig const& instance) noexcept : instance_(&instance) {}

    /// The bearer token that the attempt is made with; empty: none.
    void set_access_token(std::string_view token) noexcept {
        access_token_ = token;
        cleared_size_ = 0;
    }

    /// A vendor's text for people, made safe to keep: every known text is masked, then the rest
    /// treated as by `scrub_vendor_text`.
    [[nodiscard]] std::string scrub_text(std::string_view text) const;

    /// A vendor's identifier (request id, name of a field), made safe to keep: every known text is
    /// masked, then the rest treated as by `vendor_identifier`. It comes back as it is if there is
    /// nothing of that in it.
    [[nodiscard]] std::string scrub_identifier(std::string_view text) const;

    /// A vendor's error code, made safe to keep: an identifier in which a number of 6 or more
    /// digits is masked, too.
    [[nodiscard]] std::string scrub_code(std::string_view text) const;

    /// Masks every known text in `text` and leaves the rest as it is: for texts that have been made
    /// safe in all other regards.
    void mask_known(std::string& text) const;

    /// For a text that the vendor had no part in: masks the number, the code and whatever has a
    /// digit or an `@` where it stands as it was to be sent, and nothing that only resembles it.
    /// Less than 6 octets are left, but for a code of 4 or 5.
    void mask_as_sent(std::string& text) const;

private:
    template <class Visitor>
    void visit(Visitor&& visitor) const;
    [[nodiscard]] model::KnownTexts known() const;
    [[nodiscard]] bool may_be_in(std::string_view text) const;
    [[nodiscard]] bool is_cleared(std::string_view text) const noexcept;
    void clear(std::string_view text) const noexcept;

    SendOtp const* send_{nullptr};
    VerifyOtp const* verify_{nullptr};
    InstanceConfig const* instance_{nullptr};
    std::string_view access_token_;
    /// The short text in which none of them was found last: an adapter asks about a request id, and
    /// then the client asks again.
    mutable std::array<char, 64> cleared_{};
    mutable std::size_t cleared_size_{0};
};

}  // namespace otp
