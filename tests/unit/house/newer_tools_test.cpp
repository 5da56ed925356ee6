#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The compiler and the libraries of Debian 12 accept what newer ones do not
/// (docs/supported-versions.md).
namespace otp::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

enum class Language { cpp, cmake };

struct GoneName {
    GoneName(Language written_in, std::string const& text, std::string_view what_instead)
        : language(written_in),
          pattern(text, std::regex::ECMAScript | std::regex::multiline | std::regex::optimize),
          instead(what_instead) {}

    Language language;
    std::regex pattern;
    std::string_view instead;
};

std::vector<GoneName> const& gone_names() {
    static std::vector<GoneName> const names{
        {Language::cpp,
         "urls::(string_view|error_code|result)\\b",
         "Boost 1.83 has no such alias: std::string_view, auto, boost::system"},
        {Language::cpp,
         "json::(error_code|error_condition|result)\\b",
         "Boost 1.85 has no such alias: boost::system"},
        {Language::cpp,
         "\\bstable_sort\\(",
         "that of libstdc++ 12 warns under newer clangs; a std::multimap keeps the order, too"},
        {Language::cpp,
         "^(\\w[\\w:<>& ]*) (print|println)\\(",
         "C++23 has functions of this name, and a call with a std::string is ambiguous"},
        {Language::cmake,
         "(Boost::|boost_|COMPONENTS [a-z ;]*)system\\b",
         "Boost 1.89 has no such library, and it has long been empty"},
        {Language::cmake,
         "find_(package|dependency)\\(Boost(?![^)]*CONFIG)",
         "CMake's own module for Boost is gone (CMP0167): CONFIG"},
    };
    return names;
}

std::string text_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// What to write instead of what `text` has.
std::vector<std::string> found_in(Language language, std::string const& text) {
    std::vector<std::string> found;
    for (auto const& name : gone_names()) {
        if (name.language == language && std::regex_search(text, name.pattern)) {
            found.emplace_back(name.instead);
        }
    }
    return found;
}

/// Every file of ours in which newer tools might miss a name, with what it is written in.
std::vector<std::pair<fs::path, Language>> files_of_ours() {
    fs::path const root = OTP_SOURCE_DIR;
    std::vector<std::pair<fs::path, Language>> files{{root / "CMakeLists.txt", Language::cmake}};
    for (auto const* const top :
         {"include",
          "src",
          "providers",
          "testing",
          "conformance",
          "mocks",
          "cli",
          "examples",
          "tests",
          "cmake"}) {
        for (auto const& entry : fs::recursive_directory_iterator(root / top)) {
            auto const extension = entry.path().extension();
            if (extension == ".hpp" || extension == ".cpp") {
                files.emplace_back(entry.path(), Language::cpp);
            } else if (extension == ".cmake" || extension == ".in" ||
                       entry.path().filename() == "CMakeLists.txt") {
                files.emplace_back(entry.path(), Language::cmake);
            }
        }
    }
    return files;
}

TEST(NewerTools, MissNoNameThatWeUse) {
    auto const files = files_of_ours();
    EXPECT_GT(files.size(), 300U);
    for (auto const& [file, language] : files) {
        EXPECT_THAT(found_in(language, text_of(file)), IsEmpty()) << file;
    }
}

TEST(NewerTools, TheNamesAreFoundHoweverTheyStand) {
    // The names are cut in two, as this file is looked at, too.
    for (std::string const& text : std::vector<std::string>{
             std::string("    boost::json::") + "error_code error;",
             std::string("using E = json::") + "error_code;",
             std::string("parse_uri(boost::urls::") + "string_view(text))",
             std::string("\n    std::stable_") + "sort(a, b, by_name);",
             std::string("\n\nvoid ") + "print(std::string& out) {",
         }) {
        EXPECT_EQ(found_in(Language::cpp, text).size(), 1U) << text;
    }
    for (auto const* const text : {
             "find_package(Boost 1.81 QUIET CONFIG COMPONENTS json system)",
             "target_link_libraries(x PRIVATE Boost::system)",
             "find_package(boost_system 1.81 CONFIG)",
             "find_package(Boost 1.81 QUIET COMPONENTS json)\nfind_package(boost_url CONFIG)",
             "find_dependency(Boost 1.81)",
         }) {
        EXPECT_EQ(found_in(Language::cmake, text).size(), 1U) << text;
    }
}

TEST(NewerTools, WhatIsThereInAllOfThemPasses) {
    EXPECT_THAT(
        found_in(
            Language::cpp,
            "boost::system::error_code error; json::string_view text; std::sort(a, b);\n"
            "    print(member, inner);\nvoid print_help();\n"
        ),
        IsEmpty()
    );
    EXPECT_THAT(
        found_in(Language::cmake, "find_package(Boost 1.81 QUIET CONFIG COMPONENTS json url)"),
        IsEmpty()
    );
}

}  // namespace
}  // namespace otp::test
