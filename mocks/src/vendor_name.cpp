#include "vendor_name.hpp"

#include <otp/mocks/mock_vendors.hpp>

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace otp::mocks {
namespace {

// Nobody mistypes a name into something as long as this, and the work stays small.
constexpr std::size_t longest_typed_name = 64;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Levenshtein's distance, whatever the case of letters.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (char const letter : from) {
        auto diagonal = row[0]++;
        for (std::size_t at = 1; at <= to.size(); ++at) {
            auto const replaced = diagonal + (lower(letter) == lower(to[at - 1]) ? 0 : 1);
            diagonal = row[at];
            row[at] = std::min({row[at] + 1, row[at - 1] + 1, replaced});
        }
    }
    return row.back();
}

/// The name that was meant, if a third of its letters or less are wrong; else empty.
std::string_view nearest_vendor(std::string_view name) {
    if (name.size() > longest_typed_name) return {};
    auto const& names = vendor_names();
    auto const nearest = std::ranges::min_element(names, {}, [&](std::string const& known) {
        return edit_distance(name, known);
    });
    return edit_distance(name, *nearest) <= nearest->size() / 3 ? *nearest : std::string_view();
}

}  // namespace

std::vector<std::string> const& vendor_names() {
    static std::vector<std::string> const names{
        "spherepay", "loyaltydog", "10npay", "eko", "stytch"};
    return names;
}

bool is_vendor_name(std::string_view name) {
    return std::ranges::find(vendor_names(), name) != vendor_names().end();
}

std::string no_such_vendor(std::string_view name) {
    std::string text = "no such vendor; ";
    if (auto const nearest = nearest_vendor(name); !nearest.empty()) {
        text += "did you mean " + std::string(nearest) + "? There ";
    } else {
        text += "there ";
    }
    char const* separator = "are ";
    for (std::string const& known : vendor_names()) {
        text += separator + known;
        separator = ", ";
    }
    return text;
}

void require_vendor_name(std::string_view name) {
    if (!is_vendor_name(name)) throw std::invalid_argument(no_such_vendor(name));
}

}  // namespace otp::mocks
