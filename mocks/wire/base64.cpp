#include "wire/base64.hpp"

#include <openssl/evp.h>

#include <cstddef>
#include <vector>

namespace otp::mocks {
namespace {

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

}  // namespace

std::string base64(std::string_view bytes) {
    std::vector<unsigned char> text(4 * (bytes.size() / 3 + 1) + 1);
    int const length =
        EVP_EncodeBlock(text.data(), bytes_of(bytes), static_cast<int>(bytes.size()));
    return std::string(text.begin(), text.begin() + length);
}

std::optional<std::string> base64_decoded(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::vector<unsigned char> bytes(text.size());
    int const length = EVP_DecodeBlock(bytes.data(), bytes_of(text), static_cast<int>(text.size()));
    if (length < 0) return std::nullopt;
    // OpenSSL counts the padding as zero bytes.
    std::size_t padding = 0;
    while (padding < 2 && text.size() > padding && text[text.size() - 1 - padding] == '=') {
        ++padding;
    }
    return std::string(bytes.begin(), bytes.begin() + length - static_cast<int>(padding));
}

}  // namespace otp::mocks
