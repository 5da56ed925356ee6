#include "known_values.hpp"

#include "encoded_parts.hpp"
#include "made_up_values.hpp"
#include "plain_letters.hpp"

#include <otp/adapter/sent_texts.hpp>
#include <otp/phone_number.hpp>
#include <otp/send_otp.hpp>
#include <otp/testing/recording.hpp>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string>
#include <utility>

namespace otp::testing {
namespace {

constexpr std::size_t least_characters = 4;
constexpr std::size_t least_within_others = 6;

bool is_alphanumeric(char c) noexcept {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

std::size_t characters_of(std::string_view value) {
    return static_cast<std::size_t>(std::count_if(value.begin(), value.end(), is_alphanumeric));
}

bool is_whole_word(std::string_view text, std::size_t at, std::size_t size) {
    bool const begins = at == 0 || !is_alphanumeric(text[at - 1]);
    bool const ends = at + size == text.size() || !is_alphanumeric(text[at + size]);
    return begins && ends;
}

bool has_whole_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        if (is_whole_word(text, at, word.size())) return true;
    }
    return false;
}

/// In what `plain_letters` makes of a text.
bool stands_in(std::string_view plain, std::string const& value) {
    constexpr std::size_t least_digits = 10;
    constexpr std::size_t digits_in_a_row = 7;
    if (plain.find(value) != plain.npos) return true;
    bool const is_number =
        value.size() >= least_digits && std::all_of(value.begin(), value.end(), is_digit);
    if (!is_number) return false;
    for (std::size_t at = 0; at + digits_in_a_row <= value.size(); ++at) {
        if (plain.find(value.substr(at, digits_in_a_row)) != plain.npos) return true;
    }
    return false;
}

/// A word with what may stand in an address, and where it ends.
std::size_t end_of_word(std::string_view text, std::size_t begin) {
    constexpr std::string_view ends = " \t\r\n\"'<>()[]{},;";
    return std::min(text.find_first_of(ends, begin), text.size());
}

bool is_made_up_address(std::string_view word) {
    constexpr std::string_view made_up = "@example.com";
    return word.substr(0, word.find_last_not_of(".:") + 1).ends_with(made_up) &&
           MadeUpValues::is_harmless(word.substr(0, word.find_last_not_of(".:") + 1));
}

bool looks_like_address(std::string_view word) {
    auto const at = word.find('@');
    return at != word.npos && at > 0 && is_alphanumeric(word[at - 1]) &&
           word.find('.', at) != word.npos && !is_made_up_address(word);
}

bool looks_like_number(std::string_view word) {
    constexpr std::size_t least_digits = 8;
    auto const plus = word.find('+');
    if (plus == word.npos) return false;
    auto const digits = word.substr(plus + 1);
    auto const count = static_cast<std::size_t>(
        std::find_if_not(digits.begin(), digits.end(), is_digit) - digits.begin()
    );
    return count >= least_digits && !MadeUpValues::is_harmless(word.substr(plus, count + 1));
}

bool looks_like_a_person(std::string_view word) {
    return looks_like_address(word) || looks_like_number(word);
}

/// The first word that looks like it, from `begin` on; its size is 0 where there is none.
struct Word {
    std::size_t begin;
    std::size_t size;
};

Word find_person(std::string_view text, std::size_t begin) {
    while (begin < text.size()) {
        auto const end = end_of_word(text, begin);
        if (looks_like_a_person(text.substr(begin, end - begin))) return {begin, end - begin};
        begin = end + 1;
    }
    return {text.size(), 0};
}

void mask_persons(std::string& text) {
    for (auto word = find_person(text, 0); word.size > 0; word = find_person(text, word.begin)) {
        text.replace(word.begin, word.size, masked_value);
    }
}

}  // namespace

void KnownValues::add_secret(std::string_view value) {
    if (characters_of(value) >= least_characters) values_.emplace_back(value);
}

void KnownValues::add(std::string_view value) {
    constexpr std::size_t least_letters = 16;
    if (value == masked_value || MadeUpValues::is_harmless(value)) return;
    bool const is_telling = characters_of(value) >= least_letters ||
                            value.find('@') != value.npos ||
                            std::any_of(value.begin(), value.end(), is_digit);
    if (is_telling) add_secret(value);
}

void KnownValues::add_all(KnownValues const& others) {
    for (auto const& value : others.values_) values_.push_back(value.clone());
}

void KnownValues::add_secrets_of(InstanceConfig const& instance) {
    for (auto const& credential : instance.credentials) add_secret(credential.second.reveal());
    for (auto const& [name, value] : instance.options) {
        if (!value.empty() && (is_digit(value.front()) || value.front() == '+')) add(value);
    }
    if (instance.proxy) add_secret(instance.proxy->password.reveal());
}

void KnownValues::mask_in(std::string& text) const {
    if (text.empty()) return;
    SendOtp carrier{Recipient{}};
    auto& fields = carrier.vendor_fields["known"];
    for (std::size_t index = 0; index < values_.size(); ++index) {
        fields[std::to_string(index)] = std::string(values_[index].reveal());
    }
    SentTexts(carrier).mask_known(text);
    for (auto const& value : values_) {
        if (auto const number = PhoneNumber::parse(value.reveal())) {
            carrier.to.phone = *number;
            SentTexts(carrier).mask_known(text);
        }
    }
    for (auto& [name, value] : fields) wipe_memory(value.data(), value.size());
    mask_persons(text);
}

bool KnownValues::are_in(std::string_view text) const {
    auto const plain = plain_letters(text);
    auto const encoded = encoded_parts(text);
    for (auto const& known : values_) {
        auto const value = known.reveal();
        if (text.find(value) != text.npos && characters_of(value) >= least_within_others) {
            return true;
        }
        if (has_whole_word(text, value)) return true;
        auto const letters = plain_letters(value);
        bool const is_long = letters.size() >= least_within_others;
        if (is_long && stands_in(plain, letters)) return true;
        if (is_long && encoded.find(value) != encoded.npos) return true;
    }
    return find_person(text, 0).size > 0;
}

}  // namespace otp::testing
