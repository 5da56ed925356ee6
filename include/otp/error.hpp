#pragma once

#include <otp/attempt.hpp>
#include <otp/decision.hpp>
#include <otp/delivery.hpp>
#include <otp/error_category.hpp>
#include <otp/exchange_phase.hpp>
#include <otp/export.hpp>
#include <otp/verification_handle.hpp>

#include <boost/assert/source_location.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace OTP_EXPORT otp {

/// One field that was refused.
struct FieldViolation {
    /// JSON pointer (RFC 6901) into the request, the configuration or the vendor's body.
    std::string pointer;
    std::string message;
};

/// Why an operation failed, and whether a code may be on its way all the same.
///
/// Safe to log, all but `handle`: it never holds a request body, a secret, a code, a phone number
/// or an email address; vendor texts are cut to `max_vendor_text` bytes and scrubbed
/// (`scrub_vendor_text`). Neither `operator<<` nor `to_json` shows the handle.
class Error {
public:
    /// `internal`, without a text: `boost::system::result::error()` needs one to give back when it
    /// is called on a success.
    Error() : Error(ErrorCategory::internal) {}

    /// `message` is for the person who reads it at 3 a.m.: what failed, where, what to do.
    explicit Error(
        ErrorCategory error_category,
        std::string error_message = {},
        Delivery error_delivery = Delivery::not_sent
    );

    ErrorCategory category;
    Delivery delivery;
    std::string message;
    std::string instance;
    std::string vendor;
    /// The vendor's own code, as text, whatever type it has on the wire.
    std::string vendor_code;
    /// 0 if no response's header was read.
    int http_status{0};
    std::string request_id;
    std::string documentation_url;
    std::vector<FieldViolation> violations;
    std::optional<std::chrono::milliseconds> retry_after;
    /// How far the last request had come; nothing if none was begun.
    std::optional<ExchangePhase> phase;
    /// Why nothing further was tried; nothing where nothing was tried at all.
    std::optional<DecisionReason> stop;
    /// Only with `Delivery::unknown`, and only of a send: the code, should it arrive, can be
    /// checked with this. Nothing where the vendor's verify needs what only the lost answer knew
    /// (Stytch). It may name the recipient, so it is no part of what is safe to log: keep it where
    /// a receipt's handle would be kept, for example as its own `to_json()`.
    std::optional<VerificationHandle> handle;
    std::vector<Attempt> attempts;
};

/// Prints all that there is in one line, for a log; never the handle, nor the attempts:
///
/// `main (stytch): unauthenticated, not_sent, HTTP 401 unauthorized_credentials, request r-1: …`
///
/// In this order, each if there is one: instance (and vendor), category, delivery, HTTP status,
/// vendor code, phase unless it is `done` or the message names it, request id, how long to wait;
/// then the message, and the first three violations that it does not name. Whatever would break the
/// line is a blank.
std::ostream& operator<<(std::ostream& out, Error const& error);

/// Everything but the attempts and the handle, with the member names of the `otp` program's `error`
/// object. All members are always there, null for what is not. Safe to log.
[[nodiscard]] boost::json::object to_json(Error const& error);
/// With the member names of the program's `attempts`. All members are always there, null for what
/// is not; so is `delivery` of a check that was answered, since it says nothing about a code on its
/// way. Safe to log.
[[nodiscard]] boost::json::object to_json(Attempt const& attempt);

/// An `invalid_request` (or other category) that names one field: the usual refusal before sending.
/// Its message is pointer and message with a blank between them.
[[nodiscard]] Error field_error(
    ErrorCategory category, std::string_view pointer, std::string_view message
);
/// The same for several fields: with one violation it is that of `field_error`, with more its
/// message counts them. `violations` is not empty.
[[nodiscard]] Error field_errors(ErrorCategory category, std::vector<FieldViolation> violations);

/// Whether the message has the violation's pointer and text already, as that of `field_error` does:
/// then it need not be printed once more.
[[nodiscard]] bool is_in_message(Error const& error, FieldViolation const& violation);

inline constexpr std::size_t max_vendor_text = 256;

/// A vendor's text made safe to keep: control characters replaced, cut to `max_vendor_text` bytes,
/// and everything that looks like an email address, a phone number, a code or a token masked
/// (4 or more digits, also with separators between them; any long unbroken run of letters and
/// digits), also where it is percent-encoded, written with HTML character references, JSON escapes,
/// full-width forms or other scripts' digits, or has invisible characters in it.
[[nodiscard]] std::string scrub_vendor_text(std::string_view text);

inline constexpr std::size_t max_vendor_identifier = 128;

/// An identifier from the vendor (code, request id) made safe to show. Kept exactly if it is
/// displayable UTF-8 of at most `max_vendor_identifier` bytes in which nothing looks like an email
/// address or an international phone number (`+` and 7 or more digits); these are masked. Octets
/// that cannot be displayed are written as `%XX`, and what is longer is cut and ends with `...`.
/// Not for ids that decide who somebody is.
[[nodiscard]] std::string vendor_identifier(std::string_view text);

/// Thrown by `Result::value()` of a failed result, and by functions documented to throw it. What
/// `what()` says is the line that `operator<<` prints of the error.
class ErrorException : public std::runtime_error {
public:
    explicit ErrorException(Error error);
    [[nodiscard]] Error const& error() const noexcept { return error_; }

private:
    Error error_;
};

/// Found by `boost::system::result` when `value()` is called on a failed result.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const&);

}  // namespace otp
