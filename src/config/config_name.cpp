#include "config/config_name.hpp"

#include <algorithm>

namespace otp::config {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::optional<Mistake> name_mistake(std::string_view name) {
    bool const valid = !name.empty() && name.size() <= 64 && is_letter_or_digit(name.front()) &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                           return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
                       });
    if (valid) {
        return std::nullopt;
    }
    return Mistake{
        "has no valid name: use 1 to 64 letters, digits, -, _ and ., beginning with a letter or "
        "digit"};
}

}  // namespace otp::config
