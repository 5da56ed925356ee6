#include "model/text_patterns.hpp"

#include "model/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace otp::model {

namespace {

constexpr std::size_t max_gap = 3;
constexpr std::size_t least_international_digits = 7;

using Characters = std::span<FoldedCharacter const>;

bool is_beyond_ascii(char32_t c) noexcept {
    return c >= 0x80;
}

bool is_one_of(char32_t c, std::u32string_view characters) noexcept {
    return characters.find(c) != std::u32string_view::npos;
}

bool is_local_part(char32_t c) noexcept {
    return is_alphanumeric(c) || is_beyond_ascii(c) || c == folded_control ||
           is_one_of(c, U".!#$%&'*+/=?^_`{|}~-");
}

bool is_domain(char32_t c) noexcept {
    return is_alphanumeric(c) || is_beyond_ascii(c) || c == folded_control || is_one_of(c, U".-");
}

/// Base64, base64url, hexadecimal, UUIDs and vendors' prefixes.
bool is_token(char32_t c) noexcept {
    return is_alphanumeric(c) || is_one_of(c, U"_-+~");
}

/// What stands between the groups of a number; beyond ASCII there are further spaces and dashes.
bool is_separator(char32_t c) noexcept {
    return is_beyond_ascii(c) || c == folded_control || is_one_of(c, U" -.()/+,_");
}

void add(TextMasks& masks, Characters part) {
    if (part.empty()) return;
    masks.add(part.front().begin, part.back().end);
}

/// A number that begins at or shortly behind a place.
struct Number {
    std::size_t digits{0};
    /// Behind its last digit.
    std::size_t end{0};
};

Number number_at(Characters text, std::size_t first) noexcept {
    Number number{0, first};
    for (auto at = first; at < text.size() && at <= number.end + max_gap; ++at) {
        if (is_digit(text[at].value)) {
            ++number.digits;
            number.end = at + 1;
        } else if (!is_separator(text[at].value)) {
            break;
        }
    }
    return number;
}

template <class Predicate>
std::size_t count_first(Characters text, Predicate is_wanted) noexcept {
    auto const end = std::find_if_not(text.begin(), text.end(), [&](auto const& character) {
        return is_wanted(character.value);
    });
    return static_cast<std::size_t>(end - text.begin());
}

/// The text begins with a UUID, behind which the word ends.
bool begins_with_uuid(Characters text) noexcept {
    constexpr std::array<std::size_t, 5> groups{8, 4, 4, 4, 12};
    std::size_t at = 0;
    for (auto const group : groups) {
        if (at > 0 && (at >= text.size() || text[at++].value != U'-')) return false;
        auto const word = text.subspan(at, count_first(text.subspan(at), is_alphanumeric));
        if (word.size() != group || count_first(word, is_hexadecimal) != group) return false;
        at += group;
    }
    return true;
}

constexpr std::size_t uuid_size = 36;

/// The digits from a place on that are no part of a word with letters.
Number number_without_letters_at(Characters text, std::size_t first) noexcept {
    Number number{0, first};
    for (auto at = first; at < text.size() && at <= number.end + max_gap;) {
        auto const word = count_first(text.subspan(at), is_alphanumeric);
        if (word == 0 && !is_separator(text[at].value)) break;
        if (word > 0) {
            bool const has_letters = count_first(text.subspan(at), is_digit) < word;
            if (has_letters || begins_with_uuid(text.subspan(at))) break;
            number.digits += word;
            number.end = at + word;
        }
        at += std::max<std::size_t>(word, 1);
    }
    return number;
}

/// Words of error messages are shorter than 20 letters, and names joined by `_` or `-` have few
/// digits.
bool looks_like_secret(Characters run) noexcept {
    constexpr std::size_t long_word = 20;
    constexpr std::size_t long_run = 40;

    auto const digits = std::count_if(run.begin(), run.end(), [](auto const& character) {
        return is_digit(character.value);
    });
    bool const mixed = digits > 0 && std::any_of(run.begin(), run.end(), [](auto const& character) {
                           return is_letter(character.value);
                       });
    if (run.size() >= long_run || (run.size() >= 16 && mixed && digits >= 2)) return true;
    std::size_t word = 0;
    std::size_t word_digits = 0;
    for (auto const& character : run) {
        bool const in_word = is_alphanumeric(character.value);
        word = in_word ? word + 1 : 0;
        word_digits = in_word ? word_digits + (is_digit(character.value) ? 1U : 0U) : 0;
        // A short code of letters and digits has many of the latter: `7K2M9Q`.
        bool const code = mixed && word >= 6 && word_digits >= 3;
        bool const encoded = mixed && word >= 12 && word_digits >= 1;
        if (word >= long_word || code || encoded) return true;
    }
    return false;
}

bool is_token_or_slash(char32_t c) noexcept {
    return is_token(c) || c == U'/';
}

/// Whether it is a word or number of a path: `Status`, `phone-numbers`, `API`, `v2`, `2077`. What
/// Base64 makes of three octets or more is seldom one, as its capitals and digits are anywhere.
bool is_path_segment(Characters segment, std::string_view source) noexcept {
    std::size_t digits = 0;
    std::size_t capitals = 0;
    std::size_t inner_capitals = 0;
    bool begins_word = true;
    for (auto const& character : segment) {
        auto const c = source[character.begin];
        bool const capital = is_capital(c);
        digits += is_digit(character.value) ? 1U : 0U;
        capitals += capital ? 1U : 0U;
        inner_capitals += capital && !begins_word ? 1U : 0U;
        begins_word = c == '-' || c == '_';
        if (!is_alphanumeric(character.value) && !begins_word) return false;
    }
    if (digits == segment.size()) return true;
    bool const is_version = segment.size() == 2 && source[segment.front().begin] == 'v';
    bool const is_word = digits == 0 && (inner_capitals == 0 || capitals == segment.size());
    return is_word || is_version;
}

/// The parts between slashes.
std::vector<Characters> segments_of(Characters run) {
    std::vector<Characters> segments;
    for (std::size_t at = 0; at <= run.size();) {
        auto const size = count_first(run.subspan(at), is_token);
        segments.push_back(run.subspan(at, size));
        at += size + 1;
    }
    return segments;
}

/// Whether the run has slashes, is no path, and its padding makes its groups of four whole.
bool is_padded_base64(Characters run, std::size_t padding, std::string_view source) {
    constexpr std::size_t group = 4;
    constexpr std::size_t least_size = 16;
    if (padding == 0 || padding > 2 || run.size() < least_size) return false;
    if ((run.size() + padding) % group != 0 || run.front().value == U'/') return false;
    auto const is_other = [](FoldedCharacter const& character) {
        return is_one_of(character.value, U"_-~");
    };
    if (std::any_of(run.begin(), run.end(), is_other)) return false;
    auto const segments = segments_of(run);
    return segments.size() > 1 &&
           !std::all_of(segments.begin(), segments.end(), [&](Characters segment) {
               return is_path_segment(segment, source);
           });
}

/// Segments in a row that are no path, or of which one looks like a secret.
class Chain {
public:
    void add(Characters segment, bool secret) {
        if (all_.empty()) all_ = segment;
        all_ = {all_.data(), segment.data() + segment.size()};
        secret_ = secret_ || secret;
    }

    /// Several segments without a path's words are a secret as well, if they have Base64's digits.
    void mask_secret(TextMasks& masks) const {
        constexpr std::size_t least_size = 20;
        constexpr std::ptrdiff_t least_digits = 3;
        auto const digits = std::count_if(all_.begin(), all_.end(), [](auto const& character) {
            return is_digit(character.value);
        });
        if (secret_ || (all_.size() >= least_size && digits >= least_digits)) {
            model::add(masks, all_);
        }
    }

private:
    Characters all_;
    bool secret_{false};
};

void mask_tokens_joined_by_slashes(Characters run, std::string_view source, TextMasks& masks) {
    Chain chain;
    for (auto const segment : segments_of(run)) {
        bool const secret = looks_like_secret(segment);
        if (secret || !is_path_segment(segment, source)) {
            chain.add(segment, secret);
            continue;
        }
        chain.mask_secret(masks);
        chain = {};
    }
    chain.mask_secret(masks);
}

/// Those whose domain passes `is_domain_of_one`.
template <class Predicate>
void mask_email_addresses(FoldedText const& text, TextMasks& masks, Predicate is_domain_of_one) {
    Characters const all(text);
    for (std::size_t at = 0; at < all.size(); ++at) {
        if (all[at].value != U'@') continue;
        auto begin = at;
        while (begin > 0 && is_local_part(all[begin - 1].value)) --begin;
        while (begin < at && all[begin].value == folded_control) ++begin;
        auto end = at + 1;
        while (end < all.size() && is_domain(all[end].value)) ++end;
        while (end > at + 1 && all[end - 1].value == folded_control) --end;
        if (begin == at || end == at + 1) continue;
        if (is_domain_of_one(all.subspan(at + 1, end - at - 1))) {
            add(masks, all.subspan(begin, end - begin));
        }
    }
}

}  // namespace

void mask_email_addresses(FoldedText const& text, TextMasks& masks) {
    mask_email_addresses(text, masks, [](Characters) { return true; });
}

void mask_clear_email_addresses(FoldedText const& text, TextMasks& masks) {
    mask_email_addresses(text, masks, [](Characters domain) {
        auto const is_dot = [](FoldedCharacter const& character) {
            return character.value == U'.';
        };
        auto const dot = std::find_if(domain.begin(), domain.end(), is_dot);
        return is_letter(domain.front().value) && domain.end() - dot > 1;
    });
}

void mask_numbers(FoldedText const& text, std::size_t least_digits, TextMasks& masks) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at].value)) continue;
        auto const number = number_at(text, at);
        if (number.digits >= least_digits) {
            add(masks, Characters(text).subspan(at, number.end - at));
        }
        at = number.end - 1;
    }
}

void mask_numbers_without_letters(
    FoldedText const& text, std::size_t least_digits, TextMasks& masks
) {
    Characters const all(text);
    for (std::size_t at = 0; at < all.size();) {
        auto const word = count_first(all.subspan(at), is_alphanumeric);
        if (word > 0 && begins_with_uuid(all.subspan(at))) {
            at += uuid_size;
            continue;
        }
        auto const number = word > 0 ? number_without_letters_at(all, at) : Number{0, at};
        if (number.digits >= least_digits) add(masks, all.subspan(at, number.end - at));
        at = std::max(number.end, at + std::max<std::size_t>(word, 1));
    }
}

void mask_likely_ip_addresses(FoldedText const& text, TextMasks& masks) {
    constexpr std::ptrdiff_t least_colons = 2;
    constexpr std::ptrdiff_t least_dots = 3;
    Characters const all(text);
    for (std::size_t at = 0; at < all.size();) {
        auto const run = all.subspan(at, count_first(all.subspan(at), [](char32_t c) {
                                         return is_hexadecimal(c) || c == U':' || c == U'.';
                                     }));
        auto const count = [run](char32_t wanted) {
            return std::count_if(run.begin(), run.end(), [wanted](auto const& character) {
                return character.value == wanted;
            });
        };
        auto const dots = count(U'.');
        auto const colons = count(U':');
        bool const has_digits = dots + colons < static_cast<std::ptrdiff_t>(run.size());
        if (has_digits && (colons >= least_colons || dots >= least_dots)) add(masks, run);
        at += run.size() + 1;
    }
}

void mask_international_numbers(FoldedText const& text, TextMasks& masks) {
    Characters const all(text);
    for (std::size_t plus = 0; plus < all.size(); ++plus) {
        if (all[plus].value != U'+') continue;
        // Another plus begins another number.
        auto const rest = all.subspan(plus + 1);
        auto const next_plus = std::find_if(rest.begin(), rest.end(), [](auto const& character) {
            return character.value == U'+';
        });
        auto const own = rest.first(static_cast<std::size_t>(next_plus - rest.begin()));
        auto const number = number_at(own, 0);
        if (number.digits >= least_international_digits) {
            add(masks, all.subspan(plus, 1 + number.end));
        }
    }
}

void mask_tokens(FoldedText const& text, std::string_view source, TextMasks& masks) {
    Characters const all(text);
    for (std::size_t at = 0; at < all.size();) {
        auto const size = count_first(all.subspan(at), is_token_or_slash);
        auto const run = all.subspan(at, size);
        auto const padding =
            size == 0 ? 0
                      : count_first(all.subspan(at + size), [](char32_t c) { return c == U'='; });
        if (is_padded_base64(run, padding, source)) {
            add(masks, all.subspan(at, size + padding));
        } else {
            mask_tokens_joined_by_slashes(run, source, masks);
        }
        at += size + padding + 1;
    }
}

}  // namespace otp::model
