// A shared library shows what its public headers declare, and nothing else: tests/package looks at
// the library, this at what is easily forgotten in a new header.

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace fs = std::filesystem;

fs::path const root = OTP_SOURCE_DIR;

/// Lines of the files below `folder` that open the namespace `otp` and do not show what is in it.
std::vector<std::string> hidden_openings(fs::path const& folder) {
    std::vector<std::string> found;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            if (line.starts_with("namespace otp") && !line.starts_with("namespace otp::")) {
                found.push_back(entry.path().filename().string() + ": " + line);
            }
        }
    }
    return found;
}

TEST(Export, PublicHeadersOpenTheNamespaceForAll) {
    // What it keeps is the same for every file that includes it, whoever links that.
    EXPECT_THAT(
        hidden_openings(root / "include"),
        testing::ElementsAre("build_agreement.hpp: namespace otp {")
    );
}

/// The names that the lines of `folder`'s files match, as the first group of `pattern`.
std::set<std::string> names_in(fs::path const& folder, std::regex const& pattern) {
    std::set<std::string> names;
    for (auto const& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            std::smatch match;
            if (std::regex_search(line, match, pattern)) names.insert(match[1]);
        }
    }
    return names;
}

// The first declaration decides, so one in a source would hide a public type where that is
// compiled.
TEST(Export, SourcesDeclareNoPublicType) {
    std::regex const declared("^ *(?:class|struct|enum class) (\\w+);");
    std::regex const defined("^(?:class|struct|enum class) (\\w+)[^;]*\\{");
    auto const public_types = names_in(root / "include", defined);
    ASSERT_THAT(public_types, testing::IsSupersetOf({"SentTexts", "OtpClient", "Error"}));
    for (auto const* const folder : {"src", "providers"}) {
        for (auto const& name : names_in(root / folder, declared)) {
            EXPECT_THAT(public_types, testing::Not(testing::Contains(name)))
                << "include the public header in place of the declaration in " << folder;
        }
    }
}

TEST(Export, SourcesDoNot) {
    for (auto const* const folder : {"src", "providers"}) {
        for (auto const& entry : fs::recursive_directory_iterator(root / folder)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path());
            std::string const text{std::istreambuf_iterator<char>(in), {}};
            EXPECT_THAT(text, testing::Not(testing::HasSubstr("OTP_EXPORT"))) << entry.path();
        }
    }
}

}  // namespace
}  // namespace otp::test
