#include "wire/wire_time.hpp"

#include <array>
#include <cstdio>

namespace otp::mocks {
namespace {

struct Civil {
    explicit Civil(MockTime time)
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

std::string weekday_name(Civil const& civil) {
    constexpr std::array<char const*, 7> names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    return names[std::chrono::weekday(civil.day).c_encoding()];
}

std::string month_name(Civil const& civil) {
    constexpr std::array<char const*, 12> names{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[static_cast<unsigned>(civil.date.month()) - 1];
}

std::string day_text(Civil const& civil) {
    return padded(static_cast<unsigned>(civil.date.day()), 2);
}

std::string year_text(Civil const& civil) {
    return padded(static_cast<int>(civil.date.year()), 4);
}

}  // namespace

std::string iso8601(MockTime time) {
    Civil const civil(time);
    return year_text(civil) + "-" + padded(static_cast<unsigned>(civil.date.month()), 2) + "-" +
           day_text(civil) + "T" + clock_text(civil) + "." +
           padded(civil.clock.subseconds().count(), 3) + "Z";
}

std::string java_date_in_india(MockTime time) {
    Civil const civil(time + std::chrono::hours(5) + std::chrono::minutes(30));
    return weekday_name(civil) + " " + month_name(civil) + " " + day_text(civil) + " " +
           clock_text(civil) + " IST " + year_text(civil);
}

std::string http_date(MockTime time) {
    Civil const civil(time);
    return weekday_name(civil) + ", " + day_text(civil) + " " + month_name(civil) + " " +
           year_text(civil) + " " + clock_text(civil) + " GMT";
}

}  // namespace otp::mocks
