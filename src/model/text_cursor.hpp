#pragma once

#include "model/ascii.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace otp::model {

/// Reads a text of fixed parts from its beginning. Each `take_…` consumes what it found, or
/// nothing.
class TextCursor {
public:
    explicit constexpr TextCursor(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] constexpr std::string_view rest() const noexcept { return rest_; }
    [[nodiscard]] constexpr bool at_end() const noexcept { return rest_.empty(); }

    constexpr bool take(std::string_view expected) noexcept {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    /// A number of exactly `width` digits; at most 9, so that it fits.
    constexpr std::optional<int> take_digits(std::size_t width) noexcept {
        if (rest_.size() < width) return std::nullopt;
        int number = 0;
        for (char const c : rest_.substr(0, width)) {
            if (!is_digit(c)) return std::nullopt;
            number = number * 10 + (c - '0');
        }
        rest_.remove_prefix(width);
        return number;
    }

    /// All digits that follow, maybe none.
    constexpr std::string_view take_all_digits() noexcept {
        std::size_t width = 0;
        while (width < rest_.size() && is_digit(rest_[width])) ++width;
        auto const digits = rest_.substr(0, width);
        rest_.remove_prefix(width);
        return digits;
    }

    /// The index of the one of `words` that follows.
    template <class Words>
    constexpr std::optional<unsigned> take_one_of(Words const& words) noexcept {
        unsigned index = 0;
        for (std::string_view const word : words) {
            if (take(word)) return index;
            ++index;
        }
        return std::nullopt;
    }

private:
    std::string_view rest_;
};

}  // namespace otp::model
