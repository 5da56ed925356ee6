#include "eko/eko_signature.hpp"

#include <otp/error.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>
#include <cstddef>

namespace otp::eko {

namespace {

/// Standard alphabet, padded (RFC 4648 4).
std::string encode_base64(unsigned char const* bytes, std::size_t size) {
    // EVP_EncodeBlock also writes a final NUL.
    std::string text(4 * ((size + 2) / 3) + 1, '\0');
    auto const length = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size)
    );
    text.resize(static_cast<std::size_t>(length));
    return text;
}

unsigned char const* as_bytes(std::string_view text) noexcept {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

EkoSigner::EkoSigner(std::string_view access_key) {
    auto encoded = encode_base64(as_bytes(access_key), access_key.size());
    hmac_key_ = Secret(encoded);
    wipe_memory(encoded.data(), encoded.size());
}

Result<std::string> EkoSigner::sign(std::string_view timestamp) const {
    auto const key = hmac_key_.reveal();
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    unsigned int size = 0;
    auto const* const made = HMAC(
        EVP_sha256(),
        key.data(),
        static_cast<int>(key.size()),
        as_bytes(timestamp),
        timestamp.size(),
        digest.data(),
        &size
    );
    if (made == nullptr || size != digest.size()) {
        return Error(ErrorCategory::internal, "the request could not be signed (HMAC-SHA256)");
    }
    return encode_base64(digest.data(), digest.size());
}

}  // namespace otp::eko
