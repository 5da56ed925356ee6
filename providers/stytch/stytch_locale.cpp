#include "stytch/stytch_locale.hpp"

#include <algorithm>
#include <array>

namespace otp::stytch {

namespace {

// Email's four come first.
constexpr std::array<std::string_view, 16> locale_table{
    "en",
    "es",
    "pt-br",
    "fr",
    "it",
    "de-DE",
    "zh-Hans",
    "ca-ES",
    "ja",
    "ru",
    "nl",
    "pl",
    "tr",
    "fa",
    "vi",
    "cs"};

constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::span<std::string_view const> phone_locales() noexcept {
    return locale_table;
}

std::span<std::string_view const> email_locales() noexcept {
    return std::span(locale_table).first(4);
}

std::string_view find_locale(
    std::span<std::string_view const> locales, std::string_view tag
) noexcept {
    auto const found = std::find_if(locales.begin(), locales.end(), [tag](std::string_view name) {
        return std::equal(
            name.begin(),
            name.end(),
            tag.begin(),
            tag.end(),
            [](char left, char right) { return lower(left) == lower(right); }
        );
    });
    return found == locales.end() ? std::string_view() : *found;
}

}  // namespace otp::stytch
