#include "config/checked.hpp"

#include <otp/error.hpp>

#include <gtest/gtest.h>

namespace otp::config {
namespace {

TEST(Checked, throws_what_is_wrong_when_a_value_is_asked_for) {
    Checked<int> const checked = Mistake{"must be a number"};
    try {
        (void)checked.value();
        FAIL() << "a mistake is no value";
    } catch (ErrorException const& exception) {
        EXPECT_EQ(exception.error().category, ErrorCategory::config_invalid);
        EXPECT_EQ(exception.error().message, "must be a number");
    }
}

TEST(Checked, has_its_value) {
    Checked<int> const checked = 7;
    EXPECT_EQ(checked.value(), 7);
    EXPECT_EQ(*checked, 7);
}

}  // namespace
}  // namespace otp::config
