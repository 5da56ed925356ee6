// The small readers: durations, names, addresses.
#include "config/base_url.hpp"
#include "config/config_name.hpp"
#include "config/duration_text.hpp"
#include "config/wording.hpp"

#include <array>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace otp::config {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// -1 ms for what is refused.
std::chrono::milliseconds read(std::string_view text) {
    auto const duration = parse_duration(text);
    return duration ? *duration : -1ms;
}

TEST(Duration, is_a_whole_number_with_a_unit) {
    EXPECT_EQ(read("300ms"), 300ms);
    EXPECT_EQ(read("8s"), 8s);
    EXPECT_EQ(read("5m"), 5min);
    EXPECT_EQ(read("1h"), 1h);
    EXPECT_EQ(read("0s"), 0ms);
}

TEST(Duration, without_a_unit_is_told_what_to_write) {
    auto const duration = parse_duration("8");
    ASSERT_FALSE(duration);
    EXPECT_EQ(duration.error().text, R"("8" has no unit: write "8s" or "8ms")");
}

TEST(Duration, refuses_everything_else) {
    for (auto const* text :
         {"",
          "s",
          "ms",
          "-8s",
          "+8s",
          "1.5s",
          "8 s",
          " 8s",
          "8s ",
          "8S",
          "8sec",
          "1m30s",
          "0x8s"}) {
        auto const duration = parse_duration(text);
        ASSERT_FALSE(duration) << text;
        EXPECT_THAT(duration.error().text, HasSubstr("is not a duration")) << text;
    }
}

TEST(Duration, of_any_size_is_taken_and_none_overflows) {
    constexpr auto longest = std::chrono::milliseconds::max();
    EXPECT_EQ(*parse_duration("1000000000001ms"), 1000000000001ms);
    EXPECT_EQ(*parse_duration("2628000h"), 2628000h);  // 300 years
    EXPECT_EQ(*parse_duration("9223372036854775807ms"), longest);
    for (auto const* text :
         {"99999999999999999999999h",
          "9223372036854775808ms",
          "9223372036854775807h",
          "9223372036854776s",
          "153722867280913m",
          "2562047788016h"}) {
        EXPECT_EQ(*parse_duration(text), longest) << text;
    }
    EXPECT_EQ(*parse_duration("9223372036854775s"), 9223372036854775s);
    EXPECT_EQ(*parse_duration("2562047788015h"), 2562047788015h);
}

TEST(Duration, is_written_in_the_largest_unit_that_fits) {
    EXPECT_EQ(duration_text(0ms), "0s");
    EXPECT_EQ(duration_text(1500ms), "1500ms");
    EXPECT_EQ(duration_text(90s), "90s");
    EXPECT_EQ(duration_text(24h), "24h");
    EXPECT_EQ(duration_text(-1500ms), "-1500ms");
}

TEST(Duration, too_short_names_the_shortest_and_the_value) {
    auto const mistake = range_mistake(0ms, any_timeout);
    ASSERT_TRUE(mistake);
    EXPECT_EQ(mistake->text, "must be at least 1ms, is 0s");
    EXPECT_FALSE(range_mistake(0ms, any_age));
    EXPECT_TRUE(range_mistake(-1ms, any_age));
    EXPECT_FALSE(range_mistake(1ms, any_timeout));
    EXPECT_FALSE(range_mistake(std::chrono::milliseconds::max(), any_timeout));
}

TEST(Duration, outside_of_two_bounds_names_both_and_the_value) {
    constexpr DurationRange range{1s, 1h};
    EXPECT_FALSE(range_mistake(1s, range));
    EXPECT_FALSE(range_mistake(1h, range));
    EXPECT_EQ(range_mistake(999ms, range)->text, "must be from 1s to 1h, is 999ms");
    EXPECT_EQ(range_mistake(3600001ms, range)->text, "must be from 1s to 1h, is 3600001ms");
}

TEST(Wording, lists_the_names_when_none_is_near) {
    constexpr auto names = std::to_array<std::string_view>({"eko", "stytch"});
    EXPECT_EQ(
        unknown_name("vendor", "stych", names), R"(unknown vendor "stych"; did you mean "stytch"?)"
    );
    EXPECT_EQ(
        unknown_name("vendor", "twilio", names),
        R"(unknown vendor "twilio"; known: "eko" and "stytch")"
    );
    EXPECT_EQ(unknown_name("option", "locale", {}), R"(unknown option "locale"; there is none)");
}

TEST(Wording, cuts_and_cleans_what_it_quotes) {
    EXPECT_EQ(in_quotes(std::string_view("a\nb\x1b[2Jc")), R"("a?b?[2Jc")");
    EXPECT_EQ(
        in_quotes(std::string_view(std::string(65, 'x'))), "\"" + std::string(64, 'x') + "…\""
    );
}

TEST(ConfigName, can_stand_in_a_variable_and_a_command) {
    for (auto const* name : {"a", "login", "eko-2", "10npay", "a.b_c-D", "0"}) {
        EXPECT_FALSE(name_mistake(name)) << name;
    }
    for (auto const& name : std::vector<std::string>{
             "", "-a", ".a", "_a", "a b", "a,b", "a/b", "ä", std::string(65, 'a')}) {
        EXPECT_TRUE(name_mistake(name)) << name;
    }
    EXPECT_FALSE(name_mistake(std::string(64, 'a')));
}

TEST(BaseUrl, keeps_the_path_and_drops_the_final_slash) {
    auto const accepted = std::vector<std::pair<std::string, std::string>>{
        {"https://api.example.com", "https://api.example.com"},
        {"https://api.example.com/", "https://api.example.com"},
        {"https://api.example.com:8443/a/b/", "https://api.example.com:8443/a/b"},
        {"HTTPS://API.example.com/v2", "HTTPS://API.example.com/v2"},
        {"https://[2001:db8::1]:8443/x", "https://[2001:db8::1]:8443/x"},
        {"https://192.0.2.1", "https://192.0.2.1"},
        {"https://192.0.2.1.example.com/a", "https://192.0.2.1.example.com/a"},
        {"http://127.0.0.1:8080/eko", "http://127.0.0.1:8080/eko"},
        {"http://127.9.9.9", "http://127.9.9.9"},
        {"http://localhost:1", "http://localhost:1"},
        {"http://LOCALHOST", "http://LOCALHOST"},
        {"http://localhost.:1/", "http://localhost.:1"},
        {"http://[::ffff:127.0.0.1]:1", "http://[::ffff:127.0.0.1]:1"},
        {"https://127.0.0.1.example.com", "https://127.0.0.1.example.com"},
        {"http://[::1]:65535", "http://[::1]:65535"},
    };
    for (auto const& [text, expected] : accepted) {
        auto const url = check_base_url(text);
        ASSERT_TRUE(url) << text << ": " << url.error().text;
        EXPECT_EQ(*url, expected);
    }
}

TEST(BaseUrl, refuses_what_would_be_unsafe_or_unclear) {
    auto const refused = std::vector<std::pair<std::string, std::string>>{
        {"", "absolute URL"},
        {"api.example.com", "absolute URL"},
        {"/v2", "absolute URL"},
        {"https://a b", "no valid host"},
        {"https://api.example.com/\r\nHost: evil", "characters"},
        {"https://api.example.com/a b", "characters"},
        {"ftp://api.example.com", "must begin with https://"},
        {"https:api.example.com", "absolute URL"},
        {"https://", "no valid host"},
        {"https:///v2", "no valid host"},
        {"https://a%2eb", "no valid host"},
        {"https://a%0d%0aX:1/", "no valid host"},
        {"https://[::1", "no valid host"},
        {"https://[::1]x", "no valid host"},
        {"https://[localhost]", "no valid host"},
        {"https://::1", "no valid host"},
        {"https://exa$mple.com", "no valid host"},
        {"https://user@api.example.com", "user or password"},
        {"https://user:hunter2@api.example.com", "user or password"},
        {"http://api.example.com", "must be https"},
        {"http://localhost.example.com", "must be https"},
        {"http://127.0.0.1.example.com", "must be https"},
        {"http://128.0.0.1", "must be https"},
        {"http://0.0.0.0", "must be https"},
        {"http://[::]", "must be https"},
        {"http://foo.localhost", "must be https"},
        {"http://127.1", "ends in a number"},
        {"http://0x7f.1", "ends in a number"},
        {"http://2130706433", "ends in a number"},
        {"http://0177.0.0.1", "ends in a number"},
        {"https://api.example.com:0", "no valid port"},
        {"https://api.example.com:65536", "no valid port"},
        {"https://api.example.com:", "no valid port"},
        {"https://api.example.com:+1", "no valid port"},
        {"https://api.example.com:8443x", "no valid port"},
        {"https://api.example.com/?a=b", "query or fragment"},
        {"https://api.example.com?", "query or fragment"},
        {"https://api.example.com/#x", "query or fragment"},
        {"https://api.example.com/a//b", "path segments"},
        {"https://api.example.com//", "path segments"},
        {"https://api.example.com/a/../b", "path segments"},
        {"https://api.example.com/%2e%2E/b", "path segments"},
        {"https://api.example.com/./b", "path segments"},
        {"https://api.example.com/a/.", "path segments"},
        {"https://api.example.com/../", "path segments"},
        {"https://api.example.com/a%5Cb", "path segments"},
        {"https://api.example.com/a%00", "path segments"},
        {"https://api.example.com/a%2fb", "path segments"},
    };
    for (auto const& [text, reason] : refused) {
        auto const url = check_base_url(text);
        EXPECT_FALSE(url) << text;
        if (url) continue;
        EXPECT_THAT(url.error().text, HasSubstr(reason)) << text;
        EXPECT_THAT(url.error().text, testing::Not(HasSubstr("hunter2")));
    }
}

}  // namespace
}  // namespace otp::config
