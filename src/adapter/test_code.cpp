#include <otp/adapter/test_code.hpp>
#include <otp/http_url.hpp>
#include <otp/otp_code.hpp>

#include <string>
#include <utility>

namespace otp::adapter {
namespace {

/// An address that cannot be read may be anywhere.
bool may_share_host(std::string_view left, std::string_view right) {
    auto const one = HttpUrl::parse(left);
    auto const other = HttpUrl::parse(right);
    return !one || !other || one->host().text() == other->host().text();
}

}  // namespace

bool is_production(
    InstanceConfig const& instance, std::string_view base_url, std::string_view production_url
) {
    return instance.environment == "production" || may_share_host(base_url, production_url);
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

}  // namespace otp::adapter
