#include "wire_time.hpp"

#include <array>
#include <cstdio>
#include <string_view>

namespace otp::mocks {
namespace {

struct Civil {
    explicit Civil(MockOptions::Time time)
        : day(std::chrono::floor<std::chrono::days>(time)), date(day), clock(time - day) {}

    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::milliseconds> clock;
};

std::string padded(long value, int width) {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%0*ld", width, value);
    return text.data();
}

std::string clock_text(Civil const& civil) {
    return padded(civil.clock.hours().count(), 2) + ":" + padded(civil.clock.minutes().count(), 2) +
           ":" + padded(civil.clock.seconds().count(), 2);
}

}  // namespace

std::string iso8601(MockOptions::Time time) {
    Civil const civil(time);
    return padded(static_cast<int>(civil.date.year()), 4) + "-" +
           padded(static_cast<unsigned>(civil.date.month()), 2) + "-" +
           padded(static_cast<unsigned>(civil.date.day()), 2) + "T" + clock_text(civil) + "." +
           padded(civil.clock.subseconds().count(), 3) + "Z";
}

std::string java_date_in_india(MockOptions::Time time) {
    constexpr std::array<std::string_view, 7> weekdays{
        "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    Civil const civil(time + std::chrono::hours(5) + std::chrono::minutes(30));
    std::string text(weekdays[std::chrono::weekday(civil.day).c_encoding()]);
    text += " ";
    text += months[static_cast<unsigned>(civil.date.month()) - 1];
    return text + " " + padded(static_cast<unsigned>(civil.date.day()), 2) + " " +
           clock_text(civil) + " IST " + padded(static_cast<int>(civil.date.year()), 4);
}

}  // namespace otp::mocks
