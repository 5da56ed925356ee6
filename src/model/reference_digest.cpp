#include "model/reference_digest.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace otp::model {

std::string reference_digest(std::string_view text, std::size_t characters) {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    constexpr std::size_t bits_of_character = 5;

    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<unsigned char const*>(text.data()), text.size(), digest.data());
    auto const bit = [&digest](std::size_t index) -> unsigned {
        bool const exists = index / 8 < digest.size();
        return exists ? digest[index / 8] >> (7 - index % 8) & 1U : 0U;
    };
    auto const most = (digest.size() * 8 + bits_of_character - 1) / bits_of_character;
    std::string result;
    for (std::size_t place = 0; place < std::min(characters, most); ++place) {
        unsigned value = 0;
        for (std::size_t index = 0; index < bits_of_character; ++index) {
            value = value << 1U | bit(place * bits_of_character + index);
        }
        result += alphabet[value];
    }
    return result;
}

}  // namespace otp::model
