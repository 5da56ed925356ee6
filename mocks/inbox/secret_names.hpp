#pragma once

#include <string_view>

namespace otp::mocks {

/// What stands in place of a secret.
inline constexpr std::string_view mask = "***";

/// Whether a header field, a JSON member or a form field of this name holds a credential or a
/// token, with any vendor: `Authorization`, `developer_key`, `secret-key`, `client_secret`,
/// `accessToken`, `otp_verification_token`. Upper and lower case, `-` and `_` make no difference.
/// Codes and recipients are no secrets here.
[[nodiscard]] bool is_secret_name(std::string_view name);

}  // namespace otp::mocks
