#pragma once

#include "model/text_cursor.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace otp::model {

/// A number as it is written, `120` or `1.5`, of any size.
struct Decimal {
    std::string_view whole;
    std::string_view fraction;

    /// The whole part, or `most` if it is more; `most` is less than a tenth of what fits.
    [[nodiscard]] std::int64_t bounded(std::int64_t most) const noexcept;
    /// The first three digits of the fraction.
    [[nodiscard]] std::int64_t thousandths() const noexcept;
};

/// Takes digits off the text, and a point with digits behind it. Nothing if that is not what
/// follows.
[[nodiscard]] std::optional<Decimal> take_decimal(TextCursor& cursor) noexcept;

}  // namespace otp::model
