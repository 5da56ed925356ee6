#include "model/decimal.hpp"

#include <algorithm>
#include <cstddef>

namespace otp::model {

std::int64_t Decimal::bounded(std::int64_t most) const noexcept {
    std::int64_t number = 0;
    for (char const c : whole) number = std::min(number * 10 + (c - '0'), most);
    return number;
}

std::int64_t Decimal::thousandths() const noexcept {
    std::int64_t number = 0;
    for (std::size_t place = 0; place < 3; ++place) {
        number = number * 10 + (place < fraction.size() ? fraction[place] - '0' : 0);
    }
    return number;
}

std::optional<Decimal> take_decimal(TextCursor& cursor) noexcept {
    Decimal decimal;
    decimal.whole = cursor.take_all_digits();
    bool const has_fraction = cursor.take(".");
    if (has_fraction) decimal.fraction = cursor.take_all_digits();
    bool const is_complete = !decimal.whole.empty() && has_fraction != decimal.fraction.empty();
    return is_complete ? std::optional(decimal) : std::nullopt;
}

}  // namespace otp::model
