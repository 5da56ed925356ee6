#include <otp/otp_code.hpp>

#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <type_traits>

namespace otp {
namespace {

TEST(OtpCode, IsKeptAsItIsTyped) {
    for (std::string const text : {"1", "123456", "000000", "0042", "aB3-x9", "~!"}) {
        auto const code = OtpCode::parse(text);
        ASSERT_TRUE(code) << text;
        EXPECT_EQ(code->reveal(), text);
    }
    EXPECT_TRUE(OtpCode::parse(std::string(64, '1')));
}

TEST(OtpCode, LosesWhiteSpaceAtItsEnds) {
    EXPECT_EQ(OtpCode::parse(" \t123456\r\n")->reveal(), "123456");
}

TEST(OtpCode, RefusesWithoutRepeating) {
    std::string const refused[] = {
        "",
        "   ",
        "123 456",
        "123\n456",
        "12345\x7f",
        "12345\xC3\xA9",
        std::string(
            "123\0"
            "456",
            7
        ),
        std::string(65, '7')};
    for (auto const& text : refused) {
        auto const code = OtpCode::parse(text);
        ASSERT_FALSE(code) << text;
        EXPECT_EQ(code.error().category, ErrorCategory::invalid_request);
        EXPECT_EQ(code.error().delivery, Delivery::not_sent);
        ASSERT_EQ(code.error().violations.size(), 1U);
        EXPECT_EQ(code.error().violations[0].pointer, "/code");
        EXPECT_EQ(code.error().message.find("123"), std::string::npos);
        EXPECT_EQ(code.error().message.find("777"), std::string::npos);
    }
}

TEST(OtpCode, PrintsStars) {
    std::ostringstream out;
    out << *OtpCode::parse("123456");
    EXPECT_EQ(out.str(), "***");
}

TEST(OtpCode, IsCopiedOnlyOnPurpose) {
    static_assert(!std::is_copy_constructible_v<OtpCode>);
    auto const code = OtpCode::parse("123456");
    EXPECT_EQ(code->clone().reveal(), "123456");
}

}  // namespace
}  // namespace otp
