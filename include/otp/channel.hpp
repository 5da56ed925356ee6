#pragma once

#include <otp/export.hpp>

#include <optional>
#include <string_view>

namespace OTP_EXPORT otp {

/// How the code travels to the person.
enum class Channel { sms, email, whatsapp };

/// The stable name: `sms`, `email`, `whatsapp`.
[[nodiscard]] std::string_view to_string(Channel channel) noexcept;

/// The channel with that name; nothing for any other text.
[[nodiscard]] std::optional<Channel> parse_channel(std::string_view name) noexcept;

}  // namespace otp
