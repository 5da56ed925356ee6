#include "model/traceparent.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::model {
namespace {

constexpr std::string_view good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(Traceparent, IsThatOfTheSpecification) {
    EXPECT_TRUE(is_traceparent(good));
    EXPECT_TRUE(is_traceparent("00-00000000000000000000000000000001-0000000000000001-00"));
}

TEST(Traceparent, OfALaterVersionMayGoOn) {
    EXPECT_TRUE(is_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
    EXPECT_TRUE(is_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what"));
    EXPECT_FALSE(is_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what"));
    EXPECT_FALSE(is_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what"));
    EXPECT_FALSE(is_traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-"));
}

TEST(Traceparent, IsNothingElse) {
    for (std::string_view const text :
         {"",
          "-",
          "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
          "00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
          "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
          "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-\r\nx: y"}) {
        EXPECT_FALSE(is_traceparent(text)) << text;
    }
    EXPECT_FALSE(is_traceparent("cc" + std::string(good.substr(2)) + '-' + std::string(512, 'x')));
}

TEST(Traceparent, HasNoCharacterOfAnotherKindAnywhere) {
    for (std::size_t place = 0; place < good.size(); ++place) {
        std::string text(good);
        text[place] = 'g';
        EXPECT_FALSE(is_traceparent(text)) << text;
    }
}

}  // namespace
}  // namespace otp::model
