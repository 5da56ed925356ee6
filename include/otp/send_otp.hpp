#pragma once

#include <otp/channel.hpp>
#include <otp/export.hpp>
#include <otp/recipient.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace OTP_EXPORT otp {

/// What is known about the end user's device; vendors use it against fraud. Both are hints (see
/// `fit_hints`), and may be passed on as they came.
struct ClientAttributes {
    /// With or without a port; of a list, as in `X-Forwarded-For`, the first one counts. An address
    /// of a private network is not passed on.
    std::optional<std::string> ip_address;
    std::optional<std::string> user_agent;
};

/// What only one vendor has: `fields["eko"]["csp_id"] = "9002336768"`. Each vendor's page lists its
/// keys (`VendorDescription::send_fields`, `verify_fields`); a key that the vendor does not have is
/// refused with `invalid_request` before anything is sent, also of a vendor that the application
/// registered. Keys of vendors that do not serve the request are ignored, so that one request fits
/// every instance of a route.
using VendorFields =
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

/// A request to send one code.
class SendOtp {
public:
    explicit SendOtp(Recipient recipient) : to(std::move(recipient)) {}

    Recipient to;
    /// Default: what the recipient and the vendor allow, a phone number before an email address.
    std::optional<Channel> channel;
    // Hints: each vendor honours them as nearly as it can, and none is a reason to fail; the
    // attempts say what became of them (`fit_hints`).

    /// The application's id for this send. Default: made up by the SDK where a vendor takes one.
    std::optional<std::string> reference;
    /// How long the code shall live. Refused if it is not longer than 0.
    std::optional<std::chrono::minutes> expires_in;
    /// The language of the message: a BCP 47 tag (`en-US`), the value of an `Accept-Language`
    /// header, or the name of a POSIX locale. Refused if it is malformed.
    std::optional<std::string> locale;
    ClientAttributes client;
    VendorFields vendor_fields;
    /// The caller's place in a trace (W3C Trace Context, `traceparent`): passed on to the vendor as
    /// the header of that name, and to observers. A hint: a malformed one is passed on to nobody.
    std::optional<std::string> traceparent;
    /// Time for the whole operation; overrides the configuration's `deadline`.
    std::optional<std::chrono::milliseconds> deadline;
};

// GCC 12 destroys aggregate temporaries of a co_await expression twice (docs/adr/0001).
static_assert(!std::is_aggregate_v<SendOtp>);

}  // namespace otp
