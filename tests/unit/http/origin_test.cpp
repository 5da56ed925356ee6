#include "http/wire/origin.hpp"

#include <gtest/gtest.h>
#include <string>

namespace otp::http {
namespace {

TEST(Origin, HoldsWhatRequestsNeed) {
    auto const origin = parse_origin("https://API.eko.in./ekoicici/v3/").value();
    EXPECT_TRUE(origin.secure);
    EXPECT_EQ(origin.host, "api.eko.in");
    EXPECT_EQ(origin.lookup_name, "api.eko.in.");
    EXPECT_EQ(origin.port, 443);
    EXPECT_EQ(origin.base_path, "/ekoicici/v3");
    EXPECT_EQ(origin.authority, "api.eko.in");
    EXPECT_FALSE(origin.host_is_address);
}

TEST(Origin, KeepsTheBracketsOfAnAddressInTheHostFieldOnly) {
    auto const origin = parse_origin("http://[::1]:8080").value();
    EXPECT_FALSE(origin.secure);
    EXPECT_EQ(origin.host, "::1");
    EXPECT_EQ(origin.lookup_name, "::1");
    EXPECT_EQ(origin.authority, "[::1]:8080");
    EXPECT_TRUE(origin.host_is_address);
    EXPECT_TRUE(parse_origin("https://192.0.2.1")->host_is_address);
}

TEST(Origin, OfANameThatBeginsLikeAnAddressIsThatName) {
    auto const origin = parse_origin("https://127.0.0.1.example.com").value();
    EXPECT_EQ(origin.host, "127.0.0.1.example.com");
    EXPECT_FALSE(origin.host_is_address);
    EXPECT_FALSE(parse_origin("http://127.0.0.1.example.com"));
}

TEST(Origin, SaysWhyThereIsNoneAndNothingElse) {
    auto const origin = parse_origin("https://user:secret@api.example.com");
    ASSERT_FALSE(origin);
    EXPECT_EQ(origin.error().category, ErrorCategory::config_invalid);
    EXPECT_EQ(
        origin.error().message, "base_url cannot be used: it must not hold a user or password"
    );
}

NameResolver::Endpoints endpoints(std::initializer_list<char const*> addresses) {
    NameResolver::Endpoints found;
    for (auto const* const address : addresses) {
        found.emplace_back(boost::asio::ip::make_address(address), std::uint16_t{80});
    }
    return found;
}

TEST(Origin, InClearTextStaysOnThisMachineWhateverAResolverSays) {
    auto const plain = parse_origin("http://localhost").value();
    EXPECT_FALSE(leaves_this_machine(plain, endpoints({"127.0.0.1"})));
    EXPECT_FALSE(leaves_this_machine(plain, endpoints({"::1", "127.0.0.2", "::ffff:127.0.0.1"})));
    EXPECT_TRUE(leaves_this_machine(plain, endpoints({"192.0.2.1"})));
    EXPECT_TRUE(leaves_this_machine(plain, endpoints({"127.0.0.1", "192.0.2.1"})));
    EXPECT_TRUE(leaves_this_machine(plain, endpoints({"::", "::1"})));
    auto const secure = parse_origin("https://localhost").value();
    EXPECT_FALSE(leaves_this_machine(secure, endpoints({"192.0.2.1"})));
}

}  // namespace
}  // namespace otp::http
