#include "eko/eko_signature.hpp"

#include "wire/base64.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace otp::mocks {
namespace {

constexpr std::chrono::minutes signature_tolerance{5};

/// HMAC-SHA256 (RFC 2104), as bytes.
std::string hmac_sha256(std::string_view key, std::string_view message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (HMAC(
            EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            reinterpret_cast<unsigned char const*>(message.data()),
            message.size(),
            digest.data(),
            &length
        ) == nullptr) {
        throw std::runtime_error("HMAC-SHA256 failed");
    }
    return std::string(digest.begin(), digest.begin() + length);
}

/// 13 digits, milliseconds since 1970; nothing for any other text.
std::optional<MockTime> parse_timestamp(std::string_view text) {
    std::int64_t milliseconds = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, milliseconds);
    if (text.size() != 13 || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
    return MockTime(std::chrono::milliseconds(milliseconds));
}

}  // namespace

bool is_signed_for_eko(MockRequest const& request, EkoAccount const& account, MockTime client_now) {
    auto const timestamp = request.header("secret-key-timestamp");
    if (request.header("developer_key") != account.developer_key || !timestamp) return false;
    auto const signed_at = parse_timestamp(*timestamp);
    // The client signs with its own clock, which does not move with the vendors'.
    if (!signed_at || std::chrono::abs(client_now - *signed_at) > signature_tolerance) return false;
    // The key is the base64 text itself, not the bytes that it stands for.
    auto const expected = base64(hmac_sha256(base64(account.access_key), *timestamp));
    return request.header("secret-key") == expected;
}

}  // namespace otp::mocks
