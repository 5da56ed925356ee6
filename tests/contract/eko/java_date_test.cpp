#include "eko/java_date.hpp"

#include <gtest/gtest.h>

namespace otp::eko::test {
namespace {

std::optional<std::chrono::seconds> epoch(std::string_view text) {
    auto const time = parse_java_date(text);
    if (!time) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch());
}

using std::chrono::seconds;

TEST(JavaDate, DocumentedExamples) {
    EXPECT_EQ(epoch("Fri May 22 16:04:04 IST 2026"), seconds(1779446044));
    EXPECT_EQ(epoch("Tue Jan 09 14:09:02 IST 2024"), seconds(1704789542));
}

TEST(JavaDate, Zones) {
    EXPECT_EQ(epoch("Thu Jan 01 00:00:00 UTC 1970"), seconds(0));
    EXPECT_EQ(epoch("Thu Jan 01 00:00:00 GMT 1970"), seconds(0));
    EXPECT_EQ(epoch("Thu Jan 01 05:30:00 GMT+05:30 1970"), seconds(0));
    EXPECT_EQ(epoch("Wed Dec 31 19:00:00 GMT-05:00 1969"), seconds(0));
    EXPECT_EQ(epoch("Thu Jan 01 05:30:00 UTC+05:30 1970"), seconds(0));
    EXPECT_EQ(epoch("Thu Jan 01 05:30:00 IST 1970"), seconds(0));
}

TEST(JavaDate, AcrossMidnightAndYears) {
    // 02:00 in India is the evening before in UTC.
    EXPECT_EQ(epoch("Thu Jan 01 02:00:00 IST 2026"), seconds(1767213000));
    EXPECT_EQ(epoch("Thu Feb 29 12:00:00 UTC 2024"), seconds(1709208000));
}

TEST(JavaDate, EveryMonthAndWeekday) {
    for (auto const* const text :
         {"Thu Jan 01 00:00:00 UTC 2026",
          "Sun Feb 01 00:00:00 UTC 2026",
          "Sun Mar 01 00:00:00 UTC 2026",
          "Wed Apr 01 00:00:00 UTC 2026",
          "Fri May 01 00:00:00 UTC 2026",
          "Mon Jun 01 00:00:00 UTC 2026",
          "Wed Jul 01 00:00:00 UTC 2026",
          "Sat Aug 01 00:00:00 UTC 2026",
          "Tue Sep 01 00:00:00 UTC 2026",
          "Thu Oct 01 00:00:00 UTC 2026",
          "Sun Nov 01 00:00:00 UTC 2026",
          "Tue Dec 01 00:00:00 UTC 2026"}) {
        EXPECT_TRUE(parse_java_date(text).has_value()) << text;
    }
}

TEST(JavaDate, EverythingElseIsNothing) {
    for (auto const* const text : {
             "",
             "Fri",
             "Fri May 22 16:04:04 IST",
             "Fri May 22 16:04:04 IST 2026 ",
             " Fri May 22 16:04:04 IST 2026",
             "Fri May 22 16:04:04 IST 26",
             "Fri May 22 16:04:04 IST 02026",
             "Fri May  2 16:04:04 IST 2026",
             "Sat May 2 16:04:04 IST 2026",
             "Sat May 22 16:04:04 IST 2026",
             "fri may 22 16:04:04 IST 2026",
             "Fri Mai 22 16:04:04 IST 2026",
             "Sun Feb 29 16:04:04 IST 2026",
             "Sun May 00 16:04:04 IST 2026",
             "Sun May 32 16:04:04 IST 2026",
             "Fri May 22 24:04:04 IST 2026",
             "Fri May 22 16:60:04 IST 2026",
             "Fri May 22 16:04:60 IST 2026",
             "Fri May 22 16:04:04 EST 2026",
             "Fri May 22 16:04:04 ISTX 2026",
             "Fri May 22 16:04:04 GMT+0530 2026",
             "Fri May 22 16:04:04 GMT+5:30 2026",
             "Fri May 22 16:04:04 GMT+24:00 2026",
             "Fri May 22 16:04:04 GMT+05:60 2026",
             "Fri May 22 16:04:04 +05:30 2026",
             "Fri May 22 -6:04:04 IST 2026",
             "2026-05-22T10:34:04Z",
             "2019-11-01 18:03:48",
             "1779446044",
         }) {
        EXPECT_FALSE(parse_java_date(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace otp::eko::test
