#include "eko/java_date.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace otp::eko {

namespace {

using std::chrono::minutes;

constexpr std::array<std::string_view, 7> weekday_names{
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> month_names{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Takes the text apart from left to right; every member returns nothing if it does not fit.
class Cursor {
public:
    explicit Cursor(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] bool skip(char expected) noexcept {
        if (rest_.empty() || rest_.front() != expected) return false;
        rest_.remove_prefix(1);
        return true;
    }

    [[nodiscard]] bool skip(std::string_view expected) noexcept {
        if (rest_.substr(0, expected.size()) != expected) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    [[nodiscard]] std::optional<unsigned> name_index(std::span<std::string_view const> names
    ) noexcept {
        auto const found = std::find(names.begin(), names.end(), rest_.substr(0, 3));
        if (found == names.end()) return std::nullopt;
        rest_.remove_prefix(3);
        return static_cast<unsigned>(found - names.begin());
    }

    /// Exactly `digits` decimal digits with a value up to `highest`.
    [[nodiscard]] std::optional<unsigned> number(std::size_t digits, unsigned highest) noexcept {
        if (rest_.size() < digits) return std::nullopt;
        unsigned value = 0;
        for (auto const c : rest_.substr(0, digits)) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        if (value > highest) return std::nullopt;
        rest_.remove_prefix(digits);
        return value;
    }

    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

private:
    std::string_view rest_;
};

/// What the zone is ahead of UTC.
std::optional<minutes> read_zone(Cursor& cursor) noexcept {
    if (cursor.skip("IST")) return minutes(330);
    if (!cursor.skip("UTC") && !cursor.skip("GMT")) return std::nullopt;
    bool const ahead = cursor.skip('+');
    if (!ahead && !cursor.skip('-')) return minutes(0);
    auto const hour = cursor.number(2, 23);
    if (!hour || !cursor.skip(':')) return std::nullopt;
    auto const minute = cursor.number(2, 59);
    if (!minute) return std::nullopt;
    auto const offset = minutes(*hour * 60 + *minute);
    return ahead ? offset : -offset;
}

}  // namespace

std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_java_date(
    std::string_view text
) noexcept {
    namespace chrono = std::chrono;
    Cursor cursor(text);

    auto const weekday = cursor.name_index(weekday_names);
    if (!weekday || !cursor.skip(' ')) return std::nullopt;
    auto const month = cursor.name_index(month_names);
    if (!month || !cursor.skip(' ')) return std::nullopt;
    auto const day = cursor.number(2, 31);
    if (!day || !cursor.skip(' ')) return std::nullopt;
    auto const hour = cursor.number(2, 23);
    if (!hour || !cursor.skip(':')) return std::nullopt;
    auto const minute = cursor.number(2, 59);
    if (!minute || !cursor.skip(':')) return std::nullopt;
    auto const second = cursor.number(2, 59);
    if (!second || !cursor.skip(' ')) return std::nullopt;
    auto const zone = read_zone(cursor);
    if (!zone || !cursor.skip(' ')) return std::nullopt;
    auto const year = cursor.number(4, 9999);
    if (!year || !cursor.at_end()) return std::nullopt;

    chrono::year_month_day const date{
        chrono::year(static_cast<int>(*year)), chrono::month(*month + 1), chrono::day(*day)};
    if (!date.ok()) return std::nullopt;
    chrono::sys_days const midnight{date};
    // A date that contradicts itself is not to be trusted.
    if (chrono::weekday(midnight) != chrono::weekday(*weekday)) return std::nullopt;

    chrono::sys_seconds const local =
        midnight + chrono::hours(*hour) + minutes(*minute) + chrono::seconds(*second);
    return chrono::sys_time<chrono::milliseconds>(local - *zone);
}

}  // namespace otp::eko
