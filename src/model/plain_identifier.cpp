#include "model/plain_identifier.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace otp::model {

namespace {

constexpr std::size_t step = sizeof(std::uint64_t);
constexpr std::size_t max_size = 64;
/// Letters and digits in a row that UUIDs have not.
constexpr std::size_t long_run = 14;
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

/// Digits of a phone number, with something to spare; a longer one is not ruled out.
constexpr std::size_t max_number = 24;
/// As `KnownTexts` has them.
constexpr std::size_t number_window = 7;
constexpr std::size_t least_digits = 4;

constexpr bool is_word(char c) noexcept {
    return is_alphanumeric(c);
}

/// What a character of a known text is to the search for it.
enum class Role : unsigned char {
    separator,
    /// May stand for another character, or for a separator that is one of a known text's own
    /// characters elsewhere: what `fold` looks at.
    special,
    /// `at` or `dot` may be written for it.
    spelled,
    /// A letter or digit of hexadecimal numbers.
    hexadecimal,
    /// Another letter.
    letter
};

constexpr Role role_of(char c) noexcept {
    if (c < ' ' || c > '~' || c == '%' || c == '&' || c == '\\') return Role::special;
    if (c == '@' || c == '.') return Role::spelled;
    if (!is_word(c)) return Role::separator;
    return is_letter(c) && to_lower(c) > 'f' ? Role::letter : Role::hexadecimal;
}

constexpr auto roles = [] {
    std::array<Role, 256> all{};
    for (unsigned octet = 0; octet < all.size(); ++octet) {
        all[octet] = role_of(static_cast<char>(static_cast<unsigned char>(octet)));
    }
    return all;
}();

/// Two letters or digits that follow each other in a known text, the first of them one that
/// hexadecimal numbers have not. Where `at` or `dot` may be written for a sign, they do not.
struct Anchor {
    char first;
    char second;
};

bool is_number(std::string_view known) noexcept {
    return std::all_of(known.begin(), known.end(), [](char c) {
        return is_digit(c) || roles[static_cast<unsigned char>(c)] == Role::separator;
    });
}

std::optional<Anchor> anchor_of(std::string_view known) noexcept {
    char first = 0;
    for (char const c : known) {
        auto const role = roles[static_cast<unsigned char>(c)];
        if (role == Role::special) return std::nullopt;
        if (role == Role::spelled) first = 0;
        if (role < Role::hexadecimal) continue;
        if (first != 0) return Anchor{first, to_lower(c)};
        if (role == Role::letter) first = to_lower(c);
    }
    return std::nullopt;
}

/// Whether the two follow each other, separators left aside.
bool holds(std::string_view text, Anchor anchor) noexcept {
    for (std::size_t at = text.find(anchor.first); at != std::string_view::npos;
         at = text.find(anchor.first, at)) {
        do {
            if (++at == text.size()) return false;
        } while (!is_word(text[at]));
        if (text[at] == anchor.second) return true;
    }
    return false;
}

constexpr char hexadecimal_digit(unsigned value) noexcept {
    return "0123456789abcdef"[value];
}

/// Whether the first two are the hexadecimal digits of the character, a capital or not: capitals
/// are 4 or 5 in the high digit and small letters 6 or 7.
constexpr bool is_octet(std::string_view digits, char c) noexcept {
    auto const octet = static_cast<unsigned char>(c);
    char const high = hexadecimal_digit(octet >> 4U);
    bool const is_other_case = is_letter(c) && digits[0] == (high ^ 2);
    return (digits[0] == high || is_other_case) && digits[1] == hexadecimal_digit(octet & 0xFU);
}

/// Of both alphabets of Base64 what stands in a plain identifier.
constexpr char base64_character(unsigned value) noexcept {
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/"[value];
}

/// Whether the Base64 of the group of three octets at `at` may have no capital: the six highest
/// bits of lesser octets than `h` make a capital, and so do the six behind them where the first of
/// those is 0, as the octet behind is ASCII, and the six behind those where they are low.
constexpr bool may_be_small(std::string_view known, std::size_t at) noexcept {
    bool const begins_small = known[at] >= 'h' && (known[at] & 2) != 0;
    bool const is_full = at + 2 < known.size();
    return begins_small && (!is_full || (known[at + 1] & 0xF) >= 7);
}

constexpr bool may_be_small_from(std::string_view known, std::size_t offset) noexcept {
    for (auto at = offset; at < known.size(); at += 3) {
        if (!may_be_small(known, at)) return false;
    }
    return true;
}

/// Whether Base64 of the text, with any group before it, may have no capital.
constexpr bool may_be_small(std::string_view known) noexcept {
    return may_be_small_from(known, 0) || (known.size() > 1 && may_be_small_from(known, 1)) ||
           (known.size() > 2 && may_be_small_from(known, 2));
}

/// Whether there are `long_run` bits in a row.
constexpr bool has_long_run(std::uint64_t bits) noexcept {
    auto const twos = bits & bits >> 1U;
    auto const fours = twos & twos >> 2U;
    auto const eights = fours & fours >> 4U;
    return (eights & eights >> (long_run - 8)) != 0;
}

}  // namespace

std::optional<PlainIdentifier> PlainIdentifier::read(std::string_view text) noexcept {
    if (std::endian::native != std::endian::little || text.size() < step ||
        text.size() > max_size) {
        return std::nullopt;
    }
    std::uint64_t refused = 0;
    std::uint64_t letters = 0;
    std::uint64_t separators = 0;
    auto const look_at = [&](std::size_t place) {
        std::uint64_t octets = 0;
        std::memcpy(&octets, text.data() + place, step);
        auto const small = in_range(octets, 'a', 'z');
        refused |= octets | ~(small | in_range(octets, '-', '9'));
        letters |= gather(small) << place;
        separators |= gather(in_range(octets, '-', '/')) << place;
    };
    std::size_t const last = text.size() - step;
    for (std::size_t place = 0; place < last; place += step) look_at(place);
    // The last eight, some of which have mostly been looked at.
    look_at(last);
    if ((refused & top_bits) != 0) return std::nullopt;
    auto const all = ~std::uint64_t{0} >> (max_size - text.size());
    auto const others = ~letters & all;
    auto const pairs = others & others >> 1U;
    return PlainIdentifier(text, pairs & pairs >> 2U, has_long_run(~separators & all));
}

bool PlainIdentifier::may_hold_number(std::string_view number) const noexcept {
    if (fours_ == 0 && is_number(number)) return false;
    std::array<char, max_number> digits{};
    std::size_t count = 0;
    for (char const c : number) {
        if (roles[static_cast<unsigned char>(c)] == Role::separator) continue;
        if (!is_digit(c) || count == digits.size()) return true;
        digits[count++] = c;
    }
    auto const window = std::min(count, number_window);
    // Fewer are not known.
    bool const fits = window < number_window ? fours_ != 0 : (fours_ & fours_ >> 3U) != 0;
    if (window < least_digits || !fits) return false;
    // The Base64 of digits has capitals.
    auto const threes = static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '3'));
    return threes >= window || holds_part_of({digits.data(), count}, window);
}

bool PlainIdentifier::has_room_for(std::string_view known) const noexcept {
    std::size_t size = 0;
    for (char const c : known) {
        auto const role = roles[static_cast<unsigned char>(c)];
        // With its escapes, or its signs in words, it may be shorter or longer than it is here.
        if (role == Role::special || role == Role::spelled) return true;
        if (role >= Role::hexadecimal) ++size;
    }
    return size <= text_.size();
}

bool PlainIdentifier::holds_part_of(std::string_view digits, std::size_t window) const noexcept {
    std::array<char, max_size> words{};
    auto const* const end =
        std::copy_if(text_.begin(), text_.end(), words.begin(), [](char c) { return is_word(c); });
    std::string_view const text(words.data(), static_cast<std::size_t>(end - words.data()));
    for (std::size_t at = 0; at + window <= digits.size(); ++at) {
        if (text.find(digits.substr(at, window)) != std::string_view::npos) return true;
    }
    return false;
}

bool PlainIdentifier::may_hold(std::string_view known) const noexcept {
    auto const anchor = anchor_of(known);
    // Hexadecimal numbers are in every identifier that is long enough.
    if (!anchor) return may_hold_number(known) && (is_number(known) || has_room_for(known));
    return holds(text_, *anchor) || (may_be_encoded(known.size()) && may_hold_encoded(known));
}

bool PlainIdentifier::may_be_encoded(std::size_t size) const noexcept {
    // Four characters of Base64 for three octets, of which some may be written with the text
    // around.
    return has_long_run_ || 4 * size / 3 < long_run;
}

bool PlainIdentifier::may_hold_encoded(std::string_view known) const noexcept {
    return may_hold_hexadecimal(known) || (may_be_small(known) && may_hold_base64(known));
}

bool PlainIdentifier::may_hold_hexadecimal(std::string_view known) const noexcept {
    if (known.size() < 2 || 2 * known.size() > text_.size()) return false;
    for (std::size_t at = 0; at + 4 <= text_.size(); ++at) {
        if (is_octet(text_.substr(at), known[0]) && is_octet(text_.substr(at + 2), known[1])) {
            return true;
        }
    }
    return false;
}

bool PlainIdentifier::may_hold_base64(std::string_view known) const noexcept {
    constexpr std::size_t group = 3;
    for (std::size_t offset = 0; offset < std::min(group, known.size()); ++offset) {
        if (!may_be_small_from(known, offset)) continue;
        auto const octets = known.substr(offset, group);
        unsigned bits = 0;
        for (char const c : octets) bits = bits << 8U | static_cast<unsigned char>(c);
        bits <<= 8U * (group - octets.size());
        std::array<char, 4> anchor{};
        for (std::size_t at = 0; at < anchor.size(); ++at) {
            anchor[at] = base64_character(bits >> (6U * (3U - at)) & 0x3FU);
        }
        // Of a group that is not full, the characters that nothing else is in.
        auto const size = octets.size() == group ? anchor.size() : octets.size();
        if (text_.find(std::string_view(anchor.data(), size)) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

}  // namespace otp::model
