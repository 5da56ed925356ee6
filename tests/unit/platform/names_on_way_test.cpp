// Which names must be watched to notice that a path leads elsewhere.

#include "platform/names_on_way.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace otp::platform {
namespace {

using ::testing::ElementsAre;

/// As `name in folder`; the end of the way as `at place`.
std::vector<std::string> way(
    std::string const& file, std::map<std::string, std::string> const& links = {}
) {
    auto const names = names_on_way(file, [&](std::filesystem::path const& place) {
        auto const found = links.find(place.string());
        return found == links.end() ? std::nullopt
                                    : std::optional<std::filesystem::path>(found->second);
    });
    std::vector<std::string> lines;
    for (auto const& [folder, name] : names) {
        lines.push_back(name.empty() ? "at " + folder.string() : name + " in " + folder.string());
    }
    return lines;
}

TEST(NamesOnWay, AreThoseOfAllFoldersAndTheFileItself) {
    EXPECT_THAT(
        way("/etc/otp/otp.jsonc"),
        ElementsAre("etc in /", "otp in /etc", "otp.jsonc in /etc/otp", "at /etc/otp/otp.jsonc")
    );
    EXPECT_THAT(way("/otp"), ElementsAre("otp in /", "at /otp"));
}

TEST(NamesOnWay, FollowKubernetesToTheVersionOfNow) {
    EXPECT_THAT(
        way("/secrets/key", {{"/secrets/key", "..data/key"}, {"/secrets/..data", "..2026_11_27"}}),
        ElementsAre(
            "secrets in /",
            "key in /secrets",
            "..data in /secrets",
            "..2026_11_27 in /secrets",
            "key in /secrets/..2026_11_27",
            "at /secrets/..2026_11_27/key"
        )
    );
}

TEST(NamesOnWay, FollowLinksOfFoldersAndAbsoluteOnes) {
    EXPECT_THAT(
        way("/app/current/otp.jsonc", {{"/app/current", "/srv/7"}, {"/srv", "/mnt"}}),
        ElementsAre(
            "app in /",
            "current in /app",
            "srv in /",
            "mnt in /",
            "7 in /mnt",
            "otp.jsonc in /mnt/7",
            "at /mnt/7/otp.jsonc"
        )
    );
}

TEST(NamesOnWay, GoUpFromWhereALinkLed) {
    EXPECT_THAT(
        way("/a/../b", {{"/a", "/far/away"}}),
        ElementsAre("a in /", "far in /", "away in /far", "b in /far", "at /far/b")
    );
    EXPECT_THAT(way("/../b"), ElementsAre("b in /", "at /b"));
}

TEST(NamesOnWay, TakeNoHeedOfWhatLeadsNowhere) {
    EXPECT_THAT(way("//a/./b/"), ElementsAre("a in /", "b in /a", "at /a/b"));
}

TEST(NamesOnWay, EndWhereLinksLeadInACircle) {
    auto const names = way("/a", {{"/a", "b"}, {"/b", "a"}});
    EXPECT_EQ(names.size(), 41U);
    EXPECT_EQ(names.back(), "a in /");
    // As many as the kernel follows.
    std::map<std::string, std::string> links;
    for (int i = 0; i < 40; ++i) links["/" + std::to_string(i)] = std::to_string(i + 1);
    EXPECT_EQ(way("/0", links).back(), "at /40");
}

}  // namespace
}  // namespace otp::platform
