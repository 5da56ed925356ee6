#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace otp::mocks {

enum class TenNPayOperation { send, resend, verify, status, token };

/// What the path of a request asks for.
struct TenNPayCall {
    TenNPayOperation operation;
    /// Of a resend or a status.
    std::int64_t user{0};
};

/// Nothing for a path that does not exist.
[[nodiscard]] std::optional<TenNPayCall> parse_ten_n_pay_path(std::string_view path);

}  // namespace otp::mocks
