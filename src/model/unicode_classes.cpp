// Made by unicode_tables.pl from Unicode 14.0.0 (White_Space, Dash and
// Default_Ignorable_Code_Point of its character database). Do not edit.

#include "model/unicode_classes.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace otp::model {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// clang-format off
constexpr std::array<Range, 10> white_space{{
    Range{0x0009, 0x000D}, Range{0x0020, 0x0020}, Range{0x0085, 0x0085}, Range{0x00A0, 0x00A0},
    Range{0x1680, 0x1680}, Range{0x2000, 0x200A}, Range{0x2028, 0x2029}, Range{0x202F, 0x202F},
    Range{0x205F, 0x205F}, Range{0x3000, 0x3000},
}};
// clang-format on

// clang-format off
constexpr std::array<Range, 23> dashes{{
    Range{0x002D, 0x002D}, Range{0x058A, 0x058A}, Range{0x05BE, 0x05BE}, Range{0x1400, 0x1400},
    Range{0x1806, 0x1806}, Range{0x2010, 0x2015}, Range{0x2053, 0x2053}, Range{0x207B, 0x207B},
    Range{0x208B, 0x208B}, Range{0x2212, 0x2212}, Range{0x2E17, 0x2E17}, Range{0x2E1A, 0x2E1A},
    Range{0x2E3A, 0x2E3B}, Range{0x2E40, 0x2E40}, Range{0x2E5D, 0x2E5D}, Range{0x301C, 0x301C},
    Range{0x3030, 0x3030}, Range{0x30A0, 0x30A0}, Range{0xFE31, 0xFE32}, Range{0xFE58, 0xFE58},
    Range{0xFE63, 0xFE63}, Range{0xFF0D, 0xFF0D}, Range{0x10EAD, 0x10EAD},
}};
// clang-format on

// clang-format off
constexpr std::array<Range, 17> ignorable{{
    Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x061C, 0x061C}, Range{0x115F, 0x1160},
    Range{0x17B4, 0x17B5}, Range{0x180B, 0x180F}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E},
    Range{0x2060, 0x206F}, Range{0x3164, 0x3164}, Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF},
    Range{0xFFA0, 0xFFA0}, Range{0xFFF0, 0xFFF8}, Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A},
    Range{0xE0000, 0xE0FFF},
}};
// clang-format on

bool contains(std::span<Range const> ranges, char32_t c) noexcept {
    auto const range = std::lower_bound(
        ranges.begin(),
        ranges.end(),
        c,
        [](Range const& candidate, char32_t value) { return candidate.last < value; }
    );
    return range != ranges.end() && range->first <= c;
}

}  // namespace

bool is_unicode_white_space(char32_t c) noexcept {
    return contains(white_space, c);
}

bool is_dash(char32_t c) noexcept {
    return contains(dashes, c);
}

bool is_invisible(char32_t c) noexcept {
    return contains(ignorable, c);
}

}  // namespace otp::model
