#include "config/duration_text.hpp"

#include "config/wording.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace otp::config {

namespace {

struct Unit {
    std::string_view name;
    std::chrono::milliseconds length;
};

// From the longest to the shortest.
constexpr auto units = std::to_array<Unit>(
    {{"h", std::chrono::hours(1)},
     {"m", std::chrono::minutes(1)},
     {"s", std::chrono::seconds(1)},
     {"ms", std::chrono::milliseconds(1)}}
);

Mistake not_a_duration(std::string_view text) {
    return {
        in_quotes(text) +
        R"( is not a duration: write a whole number and a unit, such as "300ms", )"
        R"("8s" or "5m")"};
}

}  // namespace

Checked<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    auto const [digits_end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    bool const too_large = error == std::errc::result_out_of_range;
    if ((error != std::errc() && !too_large) || text.starts_with('-')) return not_a_duration(text);
    auto const unit_name = text.substr(static_cast<std::size_t>(digits_end - text.data()));
    if (unit_name.empty()) {
        auto const number = std::string(text.substr(0, 20));
        return Mistake{
            in_quotes(text) + " has no unit: write " + in_quotes(number + "s") + " or " +
            in_quotes(number + "ms")};
    }
    for (auto const& unit : units) {
        if (unit.name == unit_name) {
            constexpr auto longest = std::chrono::milliseconds::max();
            return too_large || count > longest / unit.length ? longest : unit.length * count;
        }
    }
    return not_a_duration(text);
}

std::string duration_text(std::chrono::milliseconds duration) {
    if (duration == duration.zero()) return "0s";
    auto const* unit = units.data();
    while (duration % unit->length != duration.zero()) {  // ends at the last one: 1 ms
        ++unit;
    }
    return std::to_string(duration / unit->length) + std::string(unit->name);
}

std::optional<Mistake> range_mistake(std::chrono::milliseconds duration, DurationRange range) {
    if (duration >= range.shortest && duration <= range.longest) return std::nullopt;
    auto const bounds =
        range.longest == std::chrono::milliseconds::max()
            ? "at least " + duration_text(range.shortest)
            : "from " + duration_text(range.shortest) + " to " + duration_text(range.longest);
    return Mistake{"must be " + bounds + ", is " + duration_text(duration)};
}

}  // namespace otp::config
