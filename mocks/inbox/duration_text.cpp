#include "inbox/duration_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace otp::mocks {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    using std::chrono::milliseconds;
    struct Unit {
        std::string_view name;
        milliseconds length;
    };
    constexpr std::array<Unit, 5> units{
        {{"ms", milliseconds(1)},
         {"s", std::chrono::seconds(1)},
         {"m", std::chrono::minutes(1)},
         {"h", std::chrono::hours(1)},
         {"d", std::chrono::days(1)}}};
    constexpr milliseconds longest = std::chrono::days(100'000);

    std::int64_t count = 0;
    auto const* const end = text.data() + text.size();
    auto const [unit_begin, error] = std::from_chars(text.data(), end, count);
    std::string_view const name(unit_begin, static_cast<std::size_t>(end - unit_begin));
    auto const* const unit = std::ranges::find(units, name, &Unit::name);
    if (error != std::errc() || unit == units.end()) return std::nullopt;
    auto const most = longest / unit->length;
    if (count > most || count < -most) return std::nullopt;
    return unit->length * count;
}

}  // namespace otp::mocks
