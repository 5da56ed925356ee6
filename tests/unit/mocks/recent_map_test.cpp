#include "vendor/recent_map.hpp"

#include <cstddef>
#include <gtest/gtest.h>
#include <stdexcept>
#include <string>
#include <variant>

namespace otp::mocks {
namespace {

TEST(RecentMap, RemembersTheNewestValueOfEachText) {
    RecentMap<int> map;
    map["a"] = 1;
    map.insert_or_assign("a", 2);
    map.insert_or_assign("b", 3);
    EXPECT_EQ(map.size(), 2U);
    EXPECT_EQ(map.at("a"), 2);
    EXPECT_EQ(map.find("b")->second, 3);
    EXPECT_EQ(map.find("c"), map.end());
    EXPECT_THROW(static_cast<void>(map.at("c")), std::out_of_range);
}

TEST(RecentMap, TellsWhetherATextIsNew) {
    RecentMap<std::monostate> map;
    EXPECT_TRUE(map.insert("a"));
    EXPECT_FALSE(map.insert("a"));
    map.clear();
    EXPECT_FALSE(map.contains("a"));
    EXPECT_TRUE(map.insert("a"));
}

TEST(RecentMap, ForgetsWhoeverCameFirst) {
    RecentMap<std::size_t> map;
    auto const most = RecentMap<std::size_t>::most;
    for (std::size_t number = 0; number < most; ++number) map[std::to_string(number)] = number;
    map["0"] = 7;
    EXPECT_EQ(map.size(), most);
    EXPECT_TRUE(map.contains("0"));

    EXPECT_TRUE(map.insert("another"));
    EXPECT_EQ(map.size(), most);
    EXPECT_FALSE(map.contains("0")) << "it came first, whatever was assigned since";
    EXPECT_TRUE(map.contains("1"));
    EXPECT_TRUE(map.contains("another"));
}

}  // namespace
}  // namespace otp::mocks
