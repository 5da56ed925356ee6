#pragma once

#include <string_view>

namespace otp {

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
/// 3xx and 4xx are a refusal (`not_sent`, RFC 9110 15.4 and 15.5); every other status, 5xx and a
/// 2xx that could not be understood included, proves nothing (`unknown`).
[[nodiscard]] Delivery delivery_of_refusal(int http_status) noexcept;

}  // namespace otp
