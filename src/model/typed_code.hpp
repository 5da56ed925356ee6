#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace otp::model {

/// The code as it is read from what a person typed or pasted. Wiped, since it is a copy of a
/// secret.
class TypedCode {
public:
    TypedCode() = default;
    TypedCode(TypedCode const&) = delete;
    TypedCode& operator=(TypedCode const&) = delete;
    ~TypedCode();

    /// Whether `typed`, UTF-8, holds a code.
    [[nodiscard]] bool read(std::string_view typed) noexcept;

    /// What was read: printable ASCII. Valid as long as this object.
    [[nodiscard]] std::string_view text() const noexcept { return {text_.data(), size_}; }

private:
    bool read_characters(std::string_view typed) noexcept;
    bool add(char32_t c) noexcept;
    bool drop_punctuation() noexcept;

    std::array<char, 64> text_{};
    std::size_t size_{0};
    /// Punctuation that is not ASCII, for which ASCII of its kind was put.
    bool has_foreign_mark_{false};
};

}  // namespace otp::model
