#include "inbox/vendor_title.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace otp::mocks {

std::string vendor_title(std::string_view vendor) {
    using Entry = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Entry, 5> titles{
        Entry{"spherepay", "SpherePay"},
        Entry{"loyaltydog", "LoyaltyDog"},
        Entry{"10npay", "10nPay"},
        Entry{"eko", "Eko"},
        Entry{"stytch", "Stytch"}};
    auto const* const found = std::ranges::find(titles, vendor, &Entry::first);
    return std::string(found == titles.end() ? vendor : found->second);
}

}  // namespace otp::mocks
