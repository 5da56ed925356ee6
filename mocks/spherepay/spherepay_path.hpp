#pragma once

#include <otp/mocks/reserved_recipients.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace otp::mocks {

/// What the path of a request asks for.
struct SpherePayCall {
    MockStep step;
    /// Decoded; of any form.
    std::string customer;
};

/// Of `/v2/customer/{id}/otp-send` or `otp-verify`; nothing for any other path.
[[nodiscard]] std::optional<SpherePayCall> parse_spherepay_path(std::string_view path);

/// Whether an id has the documented form.
[[nodiscard]] bool is_spherepay_customer(std::string_view id);

}  // namespace otp::mocks
