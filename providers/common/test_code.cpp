#include "common/test_code.hpp"

#include "common/text_check.hpp"

#include <otp/otp_code.hpp>

#include <string>
#include <utility>

namespace otp::common {
namespace {

/// The host of an absolute URL without user and final dot.
std::string_view host_of(std::string_view url) noexcept {
    constexpr std::string_view after_scheme = "://";
    auto const scheme = url.find(after_scheme);
    if (scheme != url.npos) url.remove_prefix(scheme + after_scheme.size());
    auto host = url.substr(0, url.find_first_of(":/?#"));
    if (host.ends_with('.')) host.remove_suffix(1);
    return host;
}

}  // namespace

bool is_production(
    InstanceConfig const& instance, std::string_view base_url, std::string_view production_url
) noexcept {
    return instance.environment == "production" ||
           equal_ignoring_case(host_of(base_url), host_of(production_url));
}

void take_test_code(
    SendReceipt& receipt,
    std::optional<std::string_view> code,
    std::string_view member,
    bool production
) {
    if (!code || code->empty()) return;
    if (production) {
        std::string warning = "the vendor's answer holds the code itself (";
        warning.append(member).append(
            ") although this is its production: it was dropped; ask the vendor to turn the test "
            "mode off, since its answers give every code away"
        );
        receipt.warnings.push_back(std::move(warning));
        return;
    }
    if (auto parsed = OtpCode::parse(*code)) receipt.test_code = std::move(*parsed);
}

}  // namespace otp::common
