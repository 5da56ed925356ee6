#include <otp/host.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <utility>
#include <vector>

namespace otp {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Host, HasOneTextForAllItsSpellings) {
    std::vector<std::pair<std::string, std::string>> const rows{
        {"api.example.com", "api.example.com"},
        {"API.Example.COM", "api.example.com"},
        {"api.example.com.", "api.example.com"},
        {"LOCALHOST", "localhost"},
        {"localhost.", "localhost"},
        {"a-1_b.example", "a-1_b.example"},
        {"xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"127.0.0.1.example.com", "127.0.0.1.example.com"},
        {"1e100.net", "1e100.net"},
        {"4.ntp.example", "4.ntp.example"},
        {"a.0xg", "a.0xg"},
        {"127.0.0.1", "127.0.0.1"},
        {"192.0.2.255", "192.0.2.255"},
        {"::1", "::1"},
        {"[::1]", "::1"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"[2001:DB8:0:0:0:0:0:7]", "2001:db8::7"},
        {"::ffff:127.0.0.1", "::ffff:127.0.0.1"},
        {"::FFFF:7f00:1", "::ffff:127.0.0.1"},
    };
    for (auto const& [text, expected] : rows) {
        auto const host = Host::parse(text);
        ASSERT_TRUE(host) << text << ' ' << host.error().message;
        EXPECT_EQ(host->text(), expected) << text;
    }
}

TEST(Host, TellsNamesFromAddresses) {
    EXPECT_EQ(Host::parse("127.0.0.1.example.com")->kind(), Host::Kind::name);
    EXPECT_EQ(Host::parse("127.0.0.1")->kind(), Host::Kind::ipv4);
    EXPECT_EQ(Host::parse("[::ffff:127.0.0.1]")->kind(), Host::Kind::ipv6);
    EXPECT_FALSE(Host::parse("localhost")->is_address());
    EXPECT_TRUE(Host::parse("192.0.2.1")->is_address());
    EXPECT_TRUE(Host::parse("2001:db8::7")->is_address());
}

TEST(Host, HasBracketsOnlyAroundIpv6) {
    EXPECT_EQ(Host::parse("::1")->bracketed(), "[::1]");
    EXPECT_EQ(Host::parse("[::1]")->bracketed(), "[::1]");
    EXPECT_EQ(Host::parse("192.0.2.1")->bracketed(), "192.0.2.1");
    EXPECT_EQ(Host::parse("a.example.")->bracketed(), "a.example");
}

TEST(Host, IsLookedUpWithTheFinalDotThatKeepsSearchDomainsAway) {
    EXPECT_EQ(Host::parse("API.example.com.")->lookup_name(), "api.example.com.");
    EXPECT_EQ(Host::parse("api.example.com")->lookup_name(), "api.example.com");
    // Files of hosts have no final dots.
    EXPECT_EQ(Host::parse("LocalHost.")->lookup_name(), "localhost");
    EXPECT_EQ(Host::parse("foo.localhost.")->lookup_name(), "foo.localhost.");
    EXPECT_EQ(Host::parse("[::1]")->lookup_name(), "::1");
}

TEST(Host, IsThisMachineOnlyIfNobodyCanSayOtherwise) {
    for (auto const* const text :
         {"localhost",
          "LOCALHOST",
          "localhost.",
          "127.0.0.1",
          "127.255.255.254",
          "::1",
          "[::1]",
          "0:0:0:0:0:0:0:1",
          "::ffff:127.0.0.1",
          "::ffff:7f00:1"}) {
        EXPECT_TRUE(Host::parse(text)->is_loopback()) << text;
    }
    for (auto const* const text :
         {"foo.localhost",
          "localhost.example.com",
          "localhost.localdomain",
          "ip6-localhost",
          "127.0.0.1.example.com",
          "128.0.0.1",
          "126.255.255.255",
          "0.0.0.0",
          "10.0.0.1",
          "::",
          "::2",
          "::127.0.0.1",
          "::ffff:128.0.0.1",
          "::fffe:127.0.0.1",
          "1::1"}) {
        EXPECT_FALSE(Host::parse(text)->is_loopback()) << text;
    }
}

TEST(Host, RefusesWhatIsNone) {
    std::vector<std::string> const rows{
        "",
        ".",
        "..",
        "a..b",
        ".a.example",
        "a.example..",
        "-a.example",
        "a-.example",
        "a b",
        "a\tb",
        std::string("a\0b", 3),
        "a\r\nb",
        "a/b",
        "user@host",
        "host:80",
        "a%2eb",
        "%61.example",
        "a%0d%0aX",
        "exa$mple.com",
        "a!b.example",
        "a\xC3\xA4.example",
        "\xEF\xBC\x91\xEF\xBC\x92",
        "[]",
        "[",
        "]",
        "[::1",
        "::1]",
        "[[::1]]",
        "[::1]x",
        ":::1",
        "1:2:3:4:5:6:7:8:9",
        "::12345",
        "[localhost]",
        "[192.0.2.1]",
        "[v1.x]",
        std::string(64, 'a'),
        "a." + std::string(64, 'a') + ".example",
    };
    for (auto const& text : rows) EXPECT_FALSE(Host::parse(text)) << text;
    std::string longest = std::string(63, 'a');
    for (int part = 0; part < 3; ++part) longest += '.' + std::string(63, 'b');
    EXPECT_FALSE(Host::parse(longest)) << "255 characters";
    longest.resize(253);
    EXPECT_TRUE(Host::parse(longest)) << "253 characters";
    EXPECT_TRUE(Host::parse(longest + '.'));
    EXPECT_FALSE(Host::parse(longest + 'b')) << "254 characters";
}

TEST(Host, RefusesNumbersThatAreAnAddressToSomeAndANameToOthers) {
    for (auto const* const text :
         {"127.1",
          "127.0.1",
          "2130706433",
          "0177.0.0.1",
          "127.0.0.01",
          "0x7f.1",
          "0x7F.0.0.0x1",
          "0x7f000001",
          "0x",
          "1.2.3.4.5",
          "256.0.0.1",
          "127.0.0.1.",
          "2130706433.",
          "0",
          "a.1",
          "a.0X1F"}) {
        auto const host = Host::parse(text);
        ASSERT_FALSE(host) << text;
        EXPECT_THAT(host.error().message, HasSubstr("ends in a number")) << text;
    }
}

TEST(Host, RefusesZones) {
    for (auto const* const text : {"fe80::1%eth0", "[fe80::1%25eth0]", "::1%lo", "[::1%25]"}) {
        auto const host = Host::parse(text);
        ASSERT_FALSE(host) << text;
        EXPECT_THAT(host.error().message, HasSubstr("zone")) << text;
    }
}

TEST(Host, QuotesNothingOfWhatItRefuses) {
    for (auto const* const text :
         {"secret word",
          "[secret]",
          "secret:1",
          "a.secret..b",
          "[fe80::1%secret]",
          "secret%00.1"}) {
        auto const host = Host::parse(text);
        ASSERT_FALSE(host) << text;
        EXPECT_EQ(host.error().category, ErrorCategory::config_invalid);
        EXPECT_THAT(host.error().message, StartsWith("has no valid host"));
        EXPECT_THAT(host.error().message, Not(HasSubstr("secret")));
    }
}

TEST(Host, IsTheSameWithItsFinalDot) {
    EXPECT_TRUE(Host::parse("api.example.com.").value() == Host::parse("API.example.com").value());
    EXPECT_FALSE(Host::parse("api.example.com").value() == Host::parse("api.example.org").value());
    EXPECT_EQ(Host::parse("api.example.com.")->lookup_name(), "api.example.com.");
}

}  // namespace
}  // namespace otp
