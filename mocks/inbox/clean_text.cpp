#include "inbox/clean_text.hpp"

#include <algorithm>
#include <cstddef>

namespace otp::mocks {
namespace {

unsigned char byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

/// How many bytes follow the first one of a character; 4 for what begins none.
std::size_t continuation_of(unsigned char first) {
    if (first < 0x80) return 0;
    if (first >= 0xC2 && first <= 0xDF) return 1;
    if (first >= 0xE0 && first <= 0xEF) return 2;
    if (first >= 0xF0 && first <= 0xF4) return 3;
    return 4;
}

/// Neither a longer spelling than necessary, nor a surrogate, nor beyond U+10FFFF.
bool is_second_byte(unsigned char first, unsigned char second) {
    if (first == 0xE0) return second >= 0xA0 && second <= 0xBF;
    if (first == 0xED) return second >= 0x80 && second <= 0x9F;
    if (first == 0xF0) return second >= 0x90 && second <= 0xBF;
    if (first == 0xF4) return second >= 0x80 && second <= 0x8F;
    return second >= 0x80 && second <= 0xBF;
}

/// Length of the character at the beginning; 0 if there is none.
std::size_t character_length(std::string_view bytes) {
    auto const first = byte_at(bytes, 0);
    auto const following = continuation_of(first);
    if (following == 4 || bytes.size() <= following) return 0;
    if (following == 0) return 1;
    if (!is_second_byte(first, byte_at(bytes, 1))) return 0;
    for (std::size_t at = 2; at <= following; ++at) {
        if ((byte_at(bytes, at) & 0xC0) != 0x80) return 0;
    }
    return following + 1;
}

}  // namespace

std::string clean_text(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        auto const length = character_length(bytes);
        if (length == 0) {
            text += "\xEF\xBF\xBD";
        } else {
            text += bytes.substr(0, length);
        }
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

}  // namespace otp::mocks
