#include "eko/eko_signature.hpp"

#include "eko/eko_envelope.hpp"
#include "wire/base64.hpp"
#include "wire/recipient_shape.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

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

std::string hex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (char const letter : bytes) {
        auto const byte = static_cast<unsigned char>(letter);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

Explanation explain(std::string_view header, std::string demands) {
    return eko_signature_document.header(header, std::move(demands));
}

std::optional<Explanation> explain_developer_key(
    MockRequest const& request, EkoAccount const& account
) {
    auto const key = request.header("developer_key");
    if (key == account.developer_key) return std::nullopt;
    if (key) return explain("developer_key", "The developer_key must be the one of the account.");
    if (request.header("developer-key")) {
        return explain("developer_key", "The header is spelled developer_key, with an underscore.");
    }
    return explain(
        "developer_key",
        "Each request must carry one header developer_key, which some proxies drop for its "
        "underscore."
    );
}

std::optional<Explanation> explain_timestamp(
    std::optional<std::string> const& timestamp, MockTime client_now
) {
    constexpr char name[] = "secret-key-timestamp";
    constexpr std::size_t digits_of_seconds = 10;
    if (!timestamp) {
        return explain(
            name, "Each request must carry one header secret-key-timestamp with its time."
        );
    }
    auto const signed_at = parse_timestamp(*timestamp);
    if (!signed_at) {
        bool const is_seconds = timestamp->size() == digits_of_seconds && is_digits(*timestamp);
        return explain(
            name,
            is_seconds ? "The time must be in milliseconds since 1970, not in seconds."
                       : "The time must be in milliseconds since 1970, 13 digits."
        );
    }
    // The client signs with its own clock, which does not move with the vendors'.
    auto const ahead = *signed_at - client_now;
    if (std::chrono::abs(ahead) <= signature_tolerance) return std::nullopt;
    return explain(
        name,
        std::string("The time must be the server's, and here it is more than 5 minutes ") +
            (ahead > MockTime::duration(0) ? "ahead." : "behind.")
    );
}

/// What may have been done instead of the right thing.
std::string explain_wrong_key(
    std::string const& key, std::string const& access_key, std::string const& timestamp
) {
    auto const right = hmac_sha256(base64(access_key), timestamp);
    if (key == hex(right) || key == base64(hex(right))) {
        return "The secret-key must be the base64 of the HMAC's bytes, not of its hexadecimal "
               "digits.";
    }
    if (key == base64(hmac_sha256(access_key, timestamp))) {
        return "The HMAC's key must be the base64 text of the access key, not the access key "
               "itself.";
    }
    auto const decoded = base64_decoded(key);
    if (!decoded || decoded->size() != right.size()) {
        return "The secret-key must be the base64 of an HMAC-SHA256, 44 characters with padding.";
    }
    return "The secret-key must be the HMAC-SHA256 of secret-key-timestamp, as sent, by the base64 "
           "text of the account's access key.";
}

}  // namespace

std::optional<Explanation> explain_eko_signature(
    MockRequest const& request, EkoAccount const& account, MockTime client_now
) {
    if (auto why = explain_developer_key(request, account)) return why;
    auto const timestamp = request.header("secret-key-timestamp");
    if (auto why = explain_timestamp(timestamp, client_now)) return why;
    auto const key = request.header("secret-key");
    if (!key) return explain("secret-key", "Each request must carry one header secret-key.");
    // The key is the base64 text itself, not the bytes that it stands for.
    if (key == base64(hmac_sha256(base64(account.access_key), *timestamp))) return std::nullopt;
    return explain("secret-key", explain_wrong_key(*key, account.access_key, *timestamp));
}

}  // namespace otp::mocks
