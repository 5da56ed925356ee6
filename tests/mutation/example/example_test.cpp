#include "example.hpp"

#include <gtest/gtest.h>

TEST(Example, AtMost) {
    EXPECT_EQ(at_most(5, 3), 3);
    EXPECT_EQ(at_most(2, 3), 2);
}

// Not at its limit: a mutant there survives.
TEST(Example, OfAge) {
    EXPECT_TRUE(of_age(30));
    EXPECT_FALSE(of_age(10));
}

TEST(Example, Halvings) {
    EXPECT_EQ(halvings(8), 3);
}

TEST(Example, FirstOfOne) {
    EXPECT_EQ(first_of_one(), 7);
}

TEST(Example, Colours) {
    EXPECT_EQ(colour_of("grass"), Colour::green);
    EXPECT_EQ(colour_of("sky"), Colour::blue);
    EXPECT_EQ(colour_of("coal"), Colour::red);
}
