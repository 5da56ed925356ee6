#include "model/known_texts.hpp"

#include "model/ascii.hpp"

#include <otp/secret.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace otp::model {

namespace {

constexpr std::size_t number_window = 7;
constexpr std::size_t code_window = 4;
/// Fewer letters and digits stand in every text by chance.
constexpr std::size_t least_characters = 4;
/// From here on a text is no part of another word by chance: letters and digits mixed, or any.
constexpr std::size_t long_mixed_word = 6;
constexpr std::size_t long_word = 8;
/// Separators between two characters of a known text.
constexpr std::size_t max_gap = 4;

/// A letter or digit of a folded text.
struct WordCharacter {
    char32_t value;
    /// Its place in the folded text.
    std::size_t place;
    /// What stands between the one before and this one.
    std::size_t gap;
};

/// Whether it is a word of the SDK's own model, which is sent and answered everywhere and tells
/// nothing.
bool is_model_word(std::string_view text) noexcept {
    static constexpr std::array<std::string_view, 6> words{
        "phone", "email", "sms", "whatsapp", "true", "false"};
    return std::find(words.begin(), words.end(), text) != words.end();
}

/// Letters and digits, those of all scripts; symbols and punctuation are none. The blocks are those
/// of Unicode: Latin-1 punctuation, General Punctuation to Miscellaneous Symbols and Arrows,
/// Supplemental Punctuation, CJK Symbols, presentation forms of punctuation, and pictographs.
bool is_word(char32_t c) noexcept {
    if (c < 0x80) return is_alphanumeric(c);
    bool const symbol = c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
                        (c >= 0x2E00 && c <= 0x2E7F) || (c >= 0x3000 && c <= 0x303F) ||
                        (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF5F && c <= 0xFF65) ||
                        (c >= 0x1F000 && c <= 0x1FAFF) || c > 0x10FFFF;
    return !symbol;
}

std::vector<WordCharacter> word_characters(FoldedText const& text) {
    std::vector<WordCharacter> result;
    result.reserve(text.size());
    std::size_t next = 0;
    for (std::size_t place = 0; place < text.size(); ++place) {
        if (!is_word(text[place].value)) continue;
        result.push_back({text[place].value, place, place - next});
        next = place + 1;
    }
    return result;
}

std::u32string without_separators(std::string_view text) {
    std::u32string result;
    result.reserve(text.size());
    auto folded = fold(text);
    for (auto const& character : folded) {
        if (is_word(character.value)) result += character.value;
    }
    wipe_memory(folded.data(), folded.size() * sizeof(FoldedCharacter));
    return result;
}

void wipe(std::u32string& text) noexcept {
    wipe_memory(text.data(), text.size() * sizeof(char32_t));
}

bool has_digit(std::u32string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), is_digit);
}

bool has_only_digits(std::u32string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), is_digit);
}

/// The letters and digits of a text, in which known ones are looked for.
class Search {
public:
    Search(FoldedText const& text, TextMasks& masks)
        : text_(text), masks_(masks), characters_(word_characters(text)) {}

    void mask_every(std::u32string_view known, bool whole_word) {
        for (std::size_t at = 0; at + known.size() <= characters_.size(); ++at) {
            if (!stands_at(known, at)) continue;
            auto const last = at + known.size() - 1;
            if (whole_word && !is_whole_word(at, last)) continue;
            // On with the first place whose text would end beyond the word, so that a long word is
            // not gone through for each of its characters.
            auto const masked_end = mask(at, last) + 1;
            at = std::max(at, masked_end - std::min(masked_end, known.size()));
        }
    }

private:
    [[nodiscard]] bool stands_at(std::u32string_view known, std::size_t at) const noexcept {
        for (std::size_t index = 0; index < known.size(); ++index) {
            auto const& character = characters_[at + index];
            if (character.value != known[index]) return false;
            if (index > 0 && character.gap > max_gap) return false;
        }
        return true;
    }

    [[nodiscard]] bool joins_the_one_before(std::size_t at) const noexcept {
        return at > 0 && at < characters_.size() && characters_[at].gap == 0;
    }

    /// Nor does an invisible character stand between the two.
    [[nodiscard]] bool touches_the_one_before(std::size_t at) const noexcept {
        return joins_the_one_before(at) &&
               text_[characters_[at - 1].place].end == text_[characters_[at].place].begin;
    }

    [[nodiscard]] bool is_whole_word(std::size_t first, std::size_t last) const noexcept {
        return !touches_the_one_before(first) && !touches_the_one_before(last + 1);
    }

    /// With the letters and digits of ASCII around it: what is left of a word may tell the rest.
    /// Other scripts write words without a blank between them. Tells the last one that is masked.
    std::size_t mask(std::size_t first, std::size_t last) {
        while (joins_the_one_before(first) && is_alphanumeric(characters_[first - 1].value)) {
            --first;
        }
        while (joins_the_one_before(last + 1) && is_alphanumeric(characters_[last + 1].value)) {
            ++last;
        }
        masks_.add(text_[characters_[first].place].begin, text_[characters_[last].place].end);
        return last;
    }

    FoldedText const& text_;
    TextMasks& masks_;
    std::vector<WordCharacter> characters_;
};

}  // namespace

KnownTexts::~KnownTexts() {
    for (auto& digits : digits_) wipe(digits.text);
    for (auto& word : words_) wipe(word.text);
}

void KnownTexts::add_number(std::string_view number) {
    add_digits(without_separators(number), number_window);
}

void KnownTexts::add_code(std::string_view code) {
    auto text = without_separators(code);
    for (auto next = text.begin(); next != text.end();) {
        auto const first = std::find_if(next, text.end(), is_digit);
        next = std::find_if_not(first, text.end(), is_digit);
        add_digits(std::u32string(first, next), code_window);
    }
    if (has_only_digits(text)) {
        wipe(text);
    } else {
        add_word(std::move(text));
    }
}

void KnownTexts::add_text(std::string_view text) {
    if (is_model_word(text)) return;
    auto known = without_separators(text);
    if (known.size() >= number_window && has_only_digits(known)) {
        add_digits(std::move(known), number_window);
    } else {
        add_word(std::move(known));
    }
}

void KnownTexts::add_digits(std::u32string&& digits, std::size_t window) {
    if (digits.size() < least_characters) return wipe(digits);
    window = std::min(window, digits.size());
    digits_.push_back({std::move(digits), window});
}

void KnownTexts::add_word(std::u32string&& word) {
    if (word.size() < least_characters) return wipe(word);
    bool const mixed = has_digit(word) && !has_only_digits(word);
    bool const whole = word.size() < (mixed ? long_mixed_word : long_word);
    words_.push_back({std::move(word), whole});
}

void KnownTexts::mask_in(FoldedText const& text, TextMasks& masks) const {
    if (empty() || text.empty()) return;
    Search search(text, masks);
    for (auto const& word : words_) search.mask_every(word.text, word.whole);
    for (auto const& digits : digits_) {
        std::u32string_view const all(digits.text);
        for (std::size_t at = 0; at + digits.window <= all.size(); ++at) {
            search.mask_every(all.substr(at, digits.window), false);
        }
    }
    for (auto const& address : addresses_) mask_ip_address(text, address, masks);
}

}  // namespace otp::model
