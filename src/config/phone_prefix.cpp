#include "config/phone_prefix.hpp"

#include "config/wording.hpp"
#include "model/ascii.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace otp::config {

namespace {

constexpr std::size_t max_digits = 15;

bool is_prefix(std::string_view text) {
    return text.size() >= 2 && text.size() <= 1 + max_digits && text[0] == '+' && text[1] != '0' &&
           std::all_of(text.begin() + 1, text.end(), model::is_digit);
}

// What people write between digits, and the asterisk for "and so on".
bool is_filling(char c) {
    return model::is_white_space(c) || std::string_view("-./()*").find(c) != std::string_view::npos;
}

// The prefix that was meant; empty where one would have to guess. 0 alone begins a national number,
// whose country nobody knows.
std::string meant_prefix(std::string_view text) {
    std::string meant(text);
    std::erase_if(meant, is_filling);
    bool const has_plus = meant.starts_with('+');
    if (has_plus) meant.erase(0, 1);
    if (meant.starts_with("00")) {
        meant.erase(0, 2);
    } else if (has_plus && meant.starts_with('0')) {
        meant.erase(0, 1);
    }
    meant.insert(0, 1, '+');
    return is_prefix(meant) ? meant : std::string();
}

}  // namespace

std::optional<Mistake> phone_prefix_mistake(std::string_view text) {
    if (is_prefix(text)) return std::nullopt;
    auto const meant = meant_prefix(text);
    return Mistake{
        in_quotes(text) + " is no phone prefix: write " +
        (meant.empty() ? "+ and 1 to 15 digits from the country code on, such as \"+91\""
                       : in_quotes(meant))};
}

}  // namespace otp::config
