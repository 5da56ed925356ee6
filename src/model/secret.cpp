#include <otp/secret.hpp>

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
    if (text_) wipe_memory(text_.get(), size_);
}

std::ostream& operator<<(std::ostream& out, Secret const& /*secret*/) {
    return out << "***";
}

void wipe_memory(void* bytes, std::size_t size) noexcept {
    if (size == 0) return;
    std::memset(bytes, 0, size);
    // The compiler must take the bytes for read, and so cannot leave the memset out.
    // OPENSSL_cleanse, which goes byte by byte, costs a twentieth of a whole request here.
    asm volatile("" : : "r"(bytes) : "memory");
}

}  // namespace otp
