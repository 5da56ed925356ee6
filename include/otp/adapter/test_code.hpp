#pragma once

#include <otp/config.hpp>
#include <otp/export.hpp>
#include <otp/send_receipt.hpp>

#include <optional>
#include <string_view>

namespace OTP_EXPORT otp {
namespace adapter {

/// Whether an instance talks to its vendor's production: its environment is called so, or the host
/// of `base_url` is that of `production_url`, whatever the port and the path, or cannot be read.
[[nodiscard]] bool is_production(
    InstanceConfig const& instance, std::string_view base_url, std::string_view production_url
);

/// Hands on the code itself, which a vendor gave away in `member` of its answer, as a test code. In
/// production it is dropped with a warning in the receipt: whoever reads the application's logs or
/// memory could log in with it. An empty or unusable text is no code.
void take_test_code(
    SendReceipt& receipt,
    std::optional<std::string_view> code,
    std::string_view member,
    bool production
);

}  // namespace adapter
}  // namespace otp
