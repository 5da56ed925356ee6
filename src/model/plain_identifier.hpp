#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace otp::model {

/// An identifier of the kind that nearly all are, in which known texts are quickly ruled out: every
/// request that succeeds passes here. Where it cannot rule one out, `KnownTexts` has the last word.
class PlainIdentifier {
public:
    /// Nothing unless `text` has 8 to 64 small letters of ASCII, digits, `-`, `.` and `/`, and
    /// nothing else. Such a text is its own spelling: it holds no address, no `+`, and no encoding
    /// but hexadecimal and Base64.
    /// Must outlive the object.
    [[nodiscard]] static std::optional<PlainIdentifier> read(std::string_view text) noexcept;

    /// Whether a part of the number may be in it that `KnownTexts` knows: 7 digits in a row, or all
    /// of a shorter one; as they are, separators left aside, or in hexadecimal. What has letters or
    /// dots is no number, and not ruled out.
    [[nodiscard]] bool may_hold_number(std::string_view number) const noexcept;

    /// Whether `known` may be in it: as it is, separators left aside, in hexadecimal (the pairs of
    /// digits beside each other) or in Base64 (but of a text with `>`, `?` or `~`, which makes a
    /// sign there, only where many letters and digits are in a row).
    [[nodiscard]] bool may_hold(std::string_view known) const noexcept;

private:
    PlainIdentifier(std::string_view text, std::uint64_t fours, bool has_long_run) noexcept
        : text_(text), fours_(fours), has_long_run_(has_long_run) {}

    /// Whether as many octets may be in it as an encoding, which has letters and digits only.
    [[nodiscard]] bool may_be_encoded(std::size_t size) const noexcept;
    [[nodiscard]] bool may_hold_encoded(std::string_view known) const noexcept;

    [[nodiscard]] bool has_room_for(std::string_view known) const noexcept;
    /// Whether so many of the digits in a row are in it as they are, separators left aside.
    [[nodiscard]] bool holds_part_of(std::string_view digits, std::size_t window) const noexcept;
    [[nodiscard]] bool may_hold_hexadecimal(std::string_view known) const noexcept;
    [[nodiscard]] bool may_hold_base64(std::string_view known) const noexcept;

    std::string_view text_;
    /// Bit n: no letter among the four characters from the n-th on.
    std::uint64_t fours_;
    /// Many letters and digits in a row.
    bool has_long_run_;
};

}  // namespace otp::model
