#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otp::fuzz {

/// A text that was sent to the vendor and that nothing printable may show.
struct Canary {
    enum class Kind { digits, address, opaque };

    Kind kind{Kind::opaque};
    /// Digits without `+`, an address in lower case, or the text as it is.
    std::string text;
};

/// What can be looked for without being there by chance: at least 6 digits, at least 8 characters.
[[nodiscard]] Canary digits_canary(std::string_view number);
[[nodiscard]] Canary address_canary(std::string_view address);
[[nodiscard]] Canary opaque_canary(std::string_view text);
[[nodiscard]] bool is_distinct(Canary const& canary) noexcept;

/// How many spellings there are of any canary.
inline constexpr std::size_t spelling_count = 22;

/// The canary as a vendor may spell it: grouped, separated, in other shapes, escaped, encoded, with
/// marks, markup or controls inside.
[[nodiscard]] std::string spell(Canary const& canary, std::size_t spelling);

/// Whether a reader finds the canary in the text, in any of its spellings.
[[nodiscard]] bool shows(std::string_view text, Canary const& canary);

/// The first canary of the list that the text shows, as `digits` or so and never itself.
[[nodiscard]] Canary const* shown_canary(
    std::string_view text, std::vector<Canary> const& canaries
);

}  // namespace otp::fuzz
