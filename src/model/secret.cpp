#include <otp/secret.hpp>

#include <openssl/crypto.h>

#include <cstring>
#include <ostream>
#include <utility>

namespace otp {

Secret::Secret(std::string_view text) : size_(text.size()) {
    if (!text.empty()) {
        text_ = std::make_unique<char[]>(text.size());
        std::memcpy(text_.get(), text.data(), text.size());
    }
}

Secret::Secret(Secret&& other) noexcept
    : text_(std::move(other.text_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        text_ = std::move(other.text_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

Secret::~Secret() {
    wipe();
}

void Secret::wipe() noexcept {
    if (text_) {
        wipe_memory(text_.get(), size_);
    }
}

std::ostream& operator<<(std::ostream& out, Secret const& /*secret*/) {
    return out << "***";
}

void wipe_memory(void* bytes, std::size_t size) noexcept {
    OPENSSL_cleanse(bytes, size);
}

}  // namespace otp
