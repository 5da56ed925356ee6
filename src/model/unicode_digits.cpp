#include "model/unicode_digits.hpp"

#include <algorithm>
#include <array>

namespace otp::model {

namespace {

/// The zeros of all scripts, each followed by the digits from one to nine. Unicode 14.0.0,
/// extracted/DerivedNumericType.txt, the characters of type Decimal beyond ASCII; written by
/// Python's `unicodedata` with
///   [c for c in range(0x80, 0x110000)
///    if category(chr(c)) == "Nd" and digit(chr(c)) == 0]
constexpr std::array<char32_t, 65> zeros{
    0x0660,  0x06F0,  0x07C0,  0x0966,  0x09E6,  0x0A66,  0x0AE6,  0x0B66,  0x0BE6,  0x0C66,
    0x0CE6,  0x0D66,  0x0DE6,  0x0E50,  0x0ED0,  0x0F20,  0x1040,  0x1090,  0x17E0,  0x1810,
    0x1946,  0x19D0,  0x1A80,  0x1A90,  0x1B50,  0x1BB0,  0x1C40,  0x1C50,  0xA620,  0xA8D0,
    0xA900,  0xA9D0,  0xA9F0,  0xAA50,  0xABF0,  0xFF10,  0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950,
    0x11C50, 0x11D50, 0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
};

}  // namespace

int decimal_digit(char32_t c) noexcept {
    if (c < 0x80) return c >= U'0' && c <= U'9' ? static_cast<int>(c - U'0') : -1;
    auto const* const next = std::upper_bound(zeros.begin(), zeros.end(), c);
    if (next == zeros.begin()) return -1;
    auto const distance = c - *(next - 1);
    return distance < 10 ? static_cast<int>(distance) : -1;
}

}  // namespace otp::model
