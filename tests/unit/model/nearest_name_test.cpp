#include "model/edit_distance.hpp"

#include <otp/nearest_name.hpp>

#include <array>
#include <gtest/gtest.h>
#include <string>

namespace otp {
namespace {

TEST(NearestName, CountsEditsAndSwaps) {
    EXPECT_EQ(model::edit_distance("", ""), 0U);
    EXPECT_EQ(model::edit_distance("", "abc"), 3U);
    EXPECT_EQ(model::edit_distance("abc", ""), 3U);
    EXPECT_EQ(model::edit_distance("stytch", "stitch"), 1U);
    EXPECT_EQ(model::edit_distance("stytch", "sttych"), 1U);
    EXPECT_EQ(model::edit_distance("stytch", "styth"), 1U);
    EXPECT_EQ(model::edit_distance("stytch", "stytcch"), 1U);
    EXPECT_EQ(model::edit_distance("Base-URL", "base_url"), 0U);
    EXPECT_EQ(model::edit_distance("kitten", "sitting"), 3U);
}

TEST(NearestName, SuggestsOnlyWhatLooksAlike) {
    constexpr auto names =
        std::to_array<std::string_view>({"spherepay", "loyaltydog", "10npay", "eko", "stytch"});
    EXPECT_EQ(nearest_name("stych", names), "stytch");
    EXPECT_EQ(nearest_name("Stytch", names), "stytch");
    EXPECT_EQ(nearest_name("10pay", names), "10npay");
    EXPECT_EQ(nearest_name("sphere_pay", names), "spherepay");
    EXPECT_EQ(nearest_name("eco", names), "eko");
    EXPECT_EQ(nearest_name("twilio", names), std::nullopt);
    EXPECT_EQ(nearest_name("x", names), std::nullopt);
    EXPECT_EQ(nearest_name("", names), std::nullopt);
    EXPECT_EQ(nearest_name(std::string(65, 's'), names), std::nullopt);
}

}  // namespace
}  // namespace otp
