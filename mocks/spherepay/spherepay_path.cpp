#include "spherepay/spherepay_path.hpp"

#include "wire/percent_decoding.hpp"

#include <algorithm>
#include <utility>

namespace otp::mocks {

std::optional<SpherePayCall> parse_spherepay_path(std::string_view path) {
    constexpr std::string_view prefix = "/v2/customer/";
    if (!path.starts_with(prefix)) return std::nullopt;
    path.remove_prefix(prefix.size());
    auto const slash = path.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto customer = percent_decoded(path.substr(0, slash));
    if (!customer) return std::nullopt;
    auto const operation = path.substr(slash + 1);
    if (operation == "otp-send") return SpherePayCall{MockStep::send, std::move(*customer)};
    if (operation == "otp-verify") return SpherePayCall{MockStep::verify, std::move(*customer)};
    return std::nullopt;
}

bool is_spherepay_customer(std::string_view id) {
    constexpr std::string_view prefix = "customer_";
    if (!id.starts_with(prefix) || id.size() == prefix.size()) return false;
    return std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

}  // namespace otp::mocks
