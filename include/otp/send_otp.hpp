#pragma once

#include <otp/channel.hpp>
#include <otp/recipient.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace otp {

/// What is known about the end user's device; vendors use it against fraud.
struct ClientAttributes {
    std::optional<std::string> ip_address;
    std::optional<std::string> user_agent;
};

/// What only one vendor has: `fields["eko"]["csp_id"] = "9002336768"`. Each vendor's page lists its
/// keys; an unknown key is refused before anything is sent. Keys of vendors that do not serve the
/// request are ignored, so that one request fits every instance of a route.
using VendorFields =
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>>;

/// A request to send one code.
class SendOtp {
public:
    explicit SendOtp(Recipient recipient) : to(std::move(recipient)) {}

    Recipient to;
    /// Default: what the recipient and the vendor allow, a phone number before an email address.
    std::optional<Channel> channel;
    /// The application's id for this send. Default: made up by the SDK where a vendor takes one.
    std::optional<std::string> reference;
    /// How long the code shall live. A hint: dropped, and named in the receipt's attempt, where the
    /// vendor fixes it.
    std::optional<std::chrono::minutes> expires_in;
    /// BCP 47 language tag. A hint, like `expires_in`.
    std::optional<std::string> locale;
    ClientAttributes client;
    VendorFields vendor_fields;
    /// Time for the whole operation; overrides the configuration's `deadline`.
    std::optional<std::chrono::milliseconds> deadline;
};

// GCC 12 destroys aggregate temporaries of a co_await expression twice (docs/adr/0001).
static_assert(!std::is_aggregate_v<SendOtp>);

}  // namespace otp
