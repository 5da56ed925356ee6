#pragma once

#include <otp/export.hpp>

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <string_view>

namespace OTP_EXPORT otp {

/// A text that must not be seen: an API key, a password, a signing key, an access token.
///
/// - Printing: a stream shows `***`. `reveal()` is the only way to the text, and easy to search
/// for.
/// - Copying: none by accident; `clone()` says that a second copy is wanted.
/// - Lifetime: the text lives in one block of its own and is wiped when the object is destroyed or
///   moved from, so no copy of it stays behind in freed memory.
/// - Thread safety: const members may be called from several threads.
class Secret {
public:
    Secret() noexcept = default;
    explicit Secret(std::string_view text);
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;
    ~Secret();

    [[nodiscard]] Secret clone() const { return Secret(reveal()); }

    /// The text. The view is valid until the object is changed or destroyed.
    [[nodiscard]] std::string_view reveal() const noexcept { return {text_.get(), size_}; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

private:
    void wipe() noexcept;

    std::unique_ptr<char[]> text_;
    std::size_t size_{0};
};

/// Prints `***`.
std::ostream& operator<<(std::ostream& out, Secret const& secret);

/// Overwrites `size` bytes so that the compiler cannot leave them out as a dead store.
void wipe_memory(void* bytes, std::size_t size) noexcept;

}  // namespace otp
