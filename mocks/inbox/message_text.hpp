#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

/// A message as the person would read it.
struct MessageText {
    /// Of an email.
    std::optional<std::string> subject{};
    std::string text{};
};

/// What a vendor could have written. No document shows the words; they carry what such messages do:
/// who sends it, the code, and how long it is good.
[[nodiscard]] MessageText message_text(
    std::string_view vendor,
    std::string_view channel,
    std::string_view code,
    std::chrono::milliseconds good_for
);

}  // namespace otp::mocks
