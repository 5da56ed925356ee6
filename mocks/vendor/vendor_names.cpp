#include "vendor/vendor_names.hpp"

#include <otp/mocks/vendor_names.hpp>
#include <otp/nearest_name.hpp>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace otp::mocks {
namespace {

/// The name that was meant; empty if none is near.
std::string_view nearest_vendor(std::string_view name) {
    std::vector<std::string_view> const known(vendor_names().begin(), vendor_names().end());
    return nearest_name(name, known).value_or(std::string_view());
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
