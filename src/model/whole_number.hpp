#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace otp::model {

/// The number that all of `text` writes in decimal digits, of a signed type with a `-` before them;
/// nothing if that is not what it writes, or does not fit.
template <class Number>
[[nodiscard]] std::optional<Number> read_whole_number(std::string_view text) noexcept {
    Number number{};
    auto const* const end = text.data() + text.size();
    auto const [last, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || last != end) return std::nullopt;
    return number;
}

}  // namespace otp::model
