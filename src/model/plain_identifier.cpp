#include "model/plain_identifier.hpp"

#include "model/ascii.hpp"

#include <bit>
#include <cstring>

namespace otp::model {

namespace {

constexpr std::size_t step = sizeof(std::uint64_t);
constexpr std::size_t max_size = 64;
constexpr std::uint64_t each = 0x0101010101010101;
constexpr std::uint64_t top_bits = 0x80 * each;

/// The top bit of each octet from `first` to `last`; the octets are ASCII.
constexpr std::uint64_t in_range(std::uint64_t octets, char first, char last) noexcept {
    auto const at_least = octets + (0x80U - static_cast<std::uint64_t>(first)) * each;
    auto const above = octets + (0x7FU - static_cast<std::uint64_t>(last)) * each;
    return at_least & ~above & top_bits;
}

/// The top bits of eight octets as the low bits of a number, the first octet's lowest. No two
/// products of a bit and the factor meet, so nothing is carried.
constexpr std::uint64_t gather(std::uint64_t tops) noexcept {
    return (tops >> 7U) * 0x0102040810204080 >> 56U;
}

constexpr bool is_word(char c) noexcept {
    return is_alphanumeric(c);
}

/// Whether it may stand for another character, or for a separator that is one of a known text's own
/// characters elsewhere: what `fold` looks at.
constexpr bool is_special(char c) noexcept {
    return c < ' ' || c > '~' || c == '%' || c == '&' || c == '\\';
}

/// Two letters or digits that follow each other in a known text, the first of them one that
/// hexadecimal numbers have not.
struct Anchor {
    char first;
    char second;
};

std::optional<Anchor> anchor_of(std::string_view known) noexcept {
    char first = 0;
    for (char const c : known) {
        if (is_special(c)) return std::nullopt;
        if (!is_word(c)) continue;
        if (first != 0) return Anchor{first, to_lower(c)};
        if (is_letter(c) && to_lower(c) > 'f') first = to_lower(c);
    }
    return std::nullopt;
}

}  // namespace

std::optional<PlainIdentifier> PlainIdentifier::read(std::string_view text) noexcept {
    if (std::endian::native != std::endian::little || text.size() < step || text.size() > max_size)
        return std::nullopt;
    std::uint64_t refused = 0;
    std::uint64_t letters = 0;
    auto const look_at = [&](std::size_t place) {
        std::uint64_t octets = 0;
        std::memcpy(&octets, text.data() + place, step);
        auto const small = in_range(octets, 'a', 'z');
        refused |= octets | ~(small | in_range(octets, '-', '9'));
        letters |= gather(small) << place;
    };
    std::size_t const last = text.size() - step;
    for (std::size_t place = 0; place < last; place += step) look_at(place);
    // The last eight, some of which have mostly been looked at.
    look_at(last);
    if ((refused & top_bits) != 0) return std::nullopt;
    auto const others = ~letters & (~std::uint64_t{0} >> (max_size - text.size()));
    auto const pairs = others & others >> 1U;
    return PlainIdentifier(text, pairs & pairs >> 2U);
}

bool PlainIdentifier::may_hold(std::string_view known) const noexcept {
    auto const anchor = anchor_of(known);
    // Digits and hexadecimal numbers are in every identifier.
    if (!anchor) return true;
    for (std::size_t at = text_.find(anchor->first); at != std::string_view::npos;
         at = text_.find(anchor->first, at)) {
        do {
            if (++at == text_.size()) return false;
        } while (!is_word(text_[at]));
        if (text_[at] == anchor->second) return true;
    }
    return false;
}

}  // namespace otp::model
