#include <otp/version.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>

namespace otp {
namespace {

TEST(Version, IsThreeNumbers) {
    EXPECT_THAT(std::string(version()), testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

TEST(Version, NamesTheLibrariesInOneLine) {
    EXPECT_THAT(
        version_details(),
        testing::MatchesRegex("OtpClient [0-9.]+, Boost 1\\.[0-9]+\\.[0-9]+, OpenSSL 3[0-9.]+")
    );
    EXPECT_THAT(version_details(), testing::HasSubstr(std::string(version())));
}

}  // namespace
}  // namespace otp
