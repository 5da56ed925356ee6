#include "model/base64.hpp"

#include <openssl/evp.h>

namespace otp::model {

namespace {

unsigned char* octets_of(char* text) noexcept {
    return reinterpret_cast<unsigned char*>(text);
}

unsigned char const* octets_of(char const* text) noexcept {
    return reinterpret_cast<unsigned char const*>(text);
}

}  // namespace

void append_base64(std::string& out, std::string_view octets) {
    auto const begin = out.size();
    // One more than the text, for the NUL that EVP_EncodeBlock writes.
    out.resize(begin + 4 * ((octets.size() + 2) / 3) + 1);
    EVP_EncodeBlock(
        octets_of(out.data() + begin), octets_of(octets.data()), static_cast<int>(octets.size())
    );
    out.pop_back();
}

std::optional<std::string> decode_base64(std::string_view text) {
    std::string octets(text.size() / 4 * 3, '\0');
    auto const size = EVP_DecodeBlock(
        octets_of(octets.data()), octets_of(text.data()), static_cast<int>(text.size())
    );
    if (size != static_cast<int>(octets.size())) return std::nullopt;
    // Padding counts as octets there.
    if (text.ends_with('=')) octets.pop_back();
    if (text.ends_with("==")) octets.pop_back();
    // It also takes blanks around the text, and does not look at the bits that are left over.
    std::string again;
    append_base64(again, octets);
    return again == text ? std::optional(std::move(octets)) : std::nullopt;
}

}  // namespace otp::model
