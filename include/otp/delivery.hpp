#pragma once

#include <otp/export.hpp>

#include <string_view>

namespace OTP_EXPORT otp {

/// Whether a code may be on its way to the recipient: what a caller must know before sending again.
enum class Delivery {
    not_sent,  ///< Certain: no code was sent. Sending again cannot make a second one.
    unknown,   ///< The vendor may have acted on the request. Sending again may make a second code.
    accepted,  ///< The vendor took the request. It says nothing about arrival on the device.
};

/// The stable name, as used in JSON and logs: `not_sent`, `unknown`, `accepted`.
[[nodiscard]] std::string_view to_string(Delivery delivery) noexcept;

/// What an HTTP status alone proves about a request that was answered with it.
///
/// 4xx is a refusal, and 307 and 308 ask for the same request elsewhere, so that it was not carried
/// out here (`not_sent`; RFC 9110 15.5, 15.4.8, 15.4.9). Every other status proves nothing
/// (`unknown`): the other 3xx, which may follow a request that was carried out; 5xx; a 2xx that
/// could not be understood.
[[nodiscard]] Delivery delivery_of_refusal(int http_status) noexcept;

}  // namespace otp
