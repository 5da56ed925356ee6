#include "10npay/ten_n_pay_path.hpp"

#include <charconv>
#include <system_error>

namespace otp::mocks {
namespace {

/// The user in `/User/{id}` and `suffix`.
std::optional<std::int64_t> user_in(std::string_view path, std::string_view suffix) {
    constexpr std::string_view prefix = "/User/";
    if (!path.starts_with(prefix) || !path.ends_with(suffix) ||
        path.size() <= prefix.size() + suffix.size()) {
        return std::nullopt;
    }
    auto const id = path.substr(prefix.size(), path.size() - prefix.size() - suffix.size());
    std::int32_t user = 0;
    auto const [end, error] = std::from_chars(id.data(), id.data() + id.size(), user);
    if (error != std::errc() || end != id.data() + id.size() || user < 1) return std::nullopt;
    return user;
}

}  // namespace

std::optional<TenNPayCall> parse_ten_n_pay_path(std::string_view path) {
    if (path == "/connect/token") return TenNPayCall{TenNPayOperation::token};
    if (path == "/User/phone-number/send-code") return TenNPayCall{TenNPayOperation::send};
    if (path == "/User/phone-number/verify") return TenNPayCall{TenNPayOperation::verify};
    if (auto const user = user_in(path, "/phone-number/resend-code")) {
        return TenNPayCall{TenNPayOperation::resend, *user};
    }
    if (auto const user = user_in(path, "/status")) {
        return TenNPayCall{TenNPayOperation::status, *user};
    }
    return std::nullopt;
}

}  // namespace otp::mocks
