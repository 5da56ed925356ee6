#include "authorization.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace otp::mocks {
namespace {

std::optional<std::string> after_scheme(MockRequest const& request, std::string_view scheme) {
    auto const value = request.header("Authorization");
    if (!value || !value->starts_with(scheme) || value->size() == scheme.size()) {
        return std::nullopt;
    }
    auto rest = value->substr(scheme.size());
    if (rest.find(' ') != std::string::npos) return std::nullopt;
    return rest;
}

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

std::optional<std::string> base64_decoded(std::string const& text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::vector<unsigned char> bytes(text.size());
    int const length = EVP_DecodeBlock(bytes.data(), bytes_of(text), static_cast<int>(text.size()));
    if (length < 0) return std::nullopt;
    // OpenSSL counts the padding as zero bytes.
    std::size_t padding = 0;
    while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=')
        ++padding;
    return std::string(bytes.begin(), bytes.begin() + length - static_cast<int>(padding));
}

}  // namespace

std::optional<std::string> bearer_token(MockRequest const& request) {
    return after_scheme(request, "Bearer ");
}

std::optional<std::pair<std::string, std::string>> basic_credentials(MockRequest const& request) {
    auto const encoded = after_scheme(request, "Basic ");
    if (!encoded) return std::nullopt;
    auto const decoded = base64_decoded(*encoded);
    if (!decoded) return std::nullopt;
    auto const colon = decoded->find(':');
    if (colon == std::string::npos) return std::nullopt;
    return std::pair(decoded->substr(0, colon), decoded->substr(colon + 1));
}

std::string base64(std::string_view bytes) {
    std::vector<unsigned char> text(4 * (bytes.size() / 3 + 1) + 1);
    int const length =
        EVP_EncodeBlock(text.data(), bytes_of(bytes), static_cast<int>(bytes.size()));
    return std::string(text.begin(), text.begin() + length);
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (HMAC(
            EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            bytes_of(message),
            message.size(),
            digest.data(),
            &length
        ) == nullptr) {
        throw std::runtime_error("HMAC-SHA256 failed");
    }
    return std::string(digest.begin(), digest.begin() + length);
}

void IssuedTokens::add(std::string token, MockOptions::Time expires_at) {
    expiry_by_token_.insert_or_assign(std::move(token), expires_at);
}

bool IssuedTokens::holds(std::string const& token, MockOptions::Time now) const {
    auto const found = expiry_by_token_.find(token);
    return found != expiry_by_token_.end() && found->second > now;
}

}  // namespace otp::mocks
