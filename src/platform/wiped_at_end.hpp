#pragma once

#include <otp/secret.hpp>

#include <string>

namespace otp::platform {

/// Overwrites what a string holds when it goes out of scope. The string outlives it.
class WipedAtEnd {
public:
    explicit WipedAtEnd(std::string& text) noexcept : text_(text) {}
    WipedAtEnd(WipedAtEnd const&) = delete;
    WipedAtEnd& operator=(WipedAtEnd const&) = delete;
    ~WipedAtEnd() { wipe_memory(text_.data(), text_.size()); }

private:
    std::string& text_;
};

}  // namespace otp::platform
