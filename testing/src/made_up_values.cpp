#include "made_up_values.hpp"

#include <otp/iso8601.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <limits>
#include <system_error>
#include <vector>

namespace otp::testing {
namespace {

/// A value that was counted further than this counts as a real one.
constexpr std::uint64_t beyond_counting = 1000;
constexpr std::uint64_t beyond_counting_of_codes = 100;

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}

bool is_upper(char c) noexcept {
    return c >= 'A' && c <= 'Z';
}

/// Part of a word, and not what stands between words. Octets of other scripts are.
bool is_of_word(char c) noexcept {
    return is_digit(c) || is_lower(c) || is_upper(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// Says what kind of id it is, and nothing of anybody. Adapters look at it.
bool says_only_the_kind(std::string_view word) {
    static constexpr auto kinds = std::to_array<std::string_view>(
        {"customer",
         "device",
         "email",
         "id",
         "live",
         "member",
         "method",
         "number",
         "otp",
         "phone",
         "ref",
         "request",
         "session",
         "sms",
         "test",
         "token",
         "user",
         "whatsapp"}
    );
    return std::find(kinds.begin(), kinds.end(), word) != kinds.end();
}

bool is_phone_number(std::string_view text) {
    constexpr std::size_t shortest = 8;
    constexpr std::size_t longest = 16;
    return text.size() >= shortest && text.size() <= longest && text.front() == '+' &&
           std::all_of(text.begin() + 1, text.end(), is_digit);
}

bool is_email_address(std::string_view text) {
    auto const at = text.find('@');
    return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find_first_of(" \t\r\n") == std::string_view::npos;
}

/// Without any sign of what it was, with zeros for digits; `places` are those that may be counted
/// in, the last one first.
std::string faceless(std::string_view text, std::vector<std::size_t>& places) {
    std::string shape(text);
    for (std::size_t begin = 0; begin < text.size();) {
        if (!is_of_word(text[begin])) {
            ++begin;
            continue;
        }
        auto end = begin;
        while (end < text.size() && is_of_word(text[end])) ++end;
        if (!says_only_the_kind(text.substr(begin, end - begin))) {
            for (auto at = begin; at < end; ++at) {
                shape[at] = is_digit(text[at]) ? '0' : is_upper(text[at]) ? 'A' : 'a';
                places.insert(places.begin(), at);
            }
        }
        begin = end;
    }
    return shape;
}

/// The text that stands for all of this shape, with that number.
std::string numbered(std::string_view text, std::uint64_t number) {
    if (is_email_address(text)) return "user" + std::to_string(number) + "@example.com";
    auto digits = std::to_string(number);
    if (is_phone_number(text)) {
        constexpr std::string_view beginning = "+1";
        auto const room = text.size() - beginning.size();
        digits = digits.size() > room ? digits.substr(digits.size() - room)
                                      : std::string(room - digits.size(), '0') + digits;
        return std::string(beginning) + digits;
    }
    std::vector<std::size_t> places;
    auto shape = faceless(text, places);
    for (auto const place : places) {
        if (digits.empty()) break;
        shape[place] = digits.back();
        digits.pop_back();
    }
    return shape;
}

/// The last number in a text: what it was counted with, if it is made up. 0: none.
std::uint64_t last_number(std::string_view text) {
    constexpr std::size_t most_digits = 9;
    auto end = text.size();
    while (end > 0 && !is_digit(text[end - 1])) --end;
    auto begin = end;
    while (begin > 0 && is_digit(text[begin - 1]) && end - begin < most_digits) --begin;
    std::uint64_t number = 0;
    std::from_chars(text.data() + begin, text.data() + end, number);
    return number;
}

/// Of an integer: 1, zeros, and the number.
std::int64_t numbered(std::int64_t value, std::uint64_t number) {
    auto digits = std::to_string(
        value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value)
    );
    std::uint64_t power = 1;
    for (std::size_t digit = 1; digit < digits.size(); ++digit) power *= 10;
    return static_cast<std::int64_t>(power + number % power);
}

}  // namespace

bool MadeUpValues::is_harmless(std::string_view value) {
    if (parse_iso8601(value)) return true;
    if (std::none_of(value.begin(), value.end(), is_of_word)) return true;
    std::vector<std::size_t> places;
    // Nothing but words that say what it is, or zeros.
    if (!is_email_address(value) && faceless(value, places) == value) return true;
    auto const number = last_number(value);
    // Codes are digits, and some begin with zeros.
    bool const may_be_code = std::all_of(value.begin(), value.end(), is_digit);
    bool const is_counted =
        number > 0 && number < (may_be_code ? beyond_counting_of_codes : beyond_counting);
    return is_counted &&
           (is_email_address(value) || std::to_string(number).size() < places.size()) &&
           numbered(value, number) == value;
}

bool MadeUpValues::is_harmless(std::int64_t value) {
    constexpr std::int64_t smallest = 10;
    if (value > -smallest && value < smallest) return true;
    if (value < 0) return false;
    std::int64_t power = 1;
    while (power <= value / 10) power *= 10;
    auto const number = value - power;
    return number > 0 && number < static_cast<std::int64_t>(beyond_counting) && number < power / 10;
}

std::string MadeUpValues::text(std::string_view value) {
    if (is_harmless(value)) return std::string(value);
    if (auto const known = made_.find(value); known != made_.end()) return known->second;
    auto made = numbered(value, ++last_);
    // A short one has too few places for all.
    return made_.emplace(value, std::move(made)).first->second;
}

boost::json::value MadeUpValues::value(boost::json::value const& original) {
    if (auto const* const string = original.if_string()) {
        return boost::json::value(text({string->data(), string->size()}));
    }
    auto const* const integer = original.if_int64();
    if (integer == nullptr || is_harmless(*integer)) {
        return original.is_uint64() ? boost::json::value(std::uint64_t{0}) : original;
    }
    auto const key = "#" + std::to_string(*integer);
    auto const known = made_.find(key);
    auto const number =
        known != made_.end()
            ? last_number(known->second)
            : last_number(made_.emplace(key, std::to_string(++last_)).first->second);
    return numbered(*integer, number);
}

}  // namespace otp::testing
