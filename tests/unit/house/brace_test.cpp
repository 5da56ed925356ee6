// One rule for braces (CONTRIBUTING.md), everywhere.

#include "unit/house/brace_rules.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>
#include <string>
#include <vector>

namespace otp::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Braces, AreWhereTheRuleHasThem) {
    fs::path const root = OTP_SOURCE_DIR;
    int files = 0;
    for (auto const* const top :
         {"include",
          "src",
          "providers",
          "testing",
          "conformance",
          "mocks",
          "cli",
          "examples",
          "tests"}) {
        for (auto const& entry : fs::recursive_directory_iterator(root / top)) {
            auto const extension = entry.path().extension();
            if (extension != ".hpp" && extension != ".cpp") continue;
            ++files;
            std::ifstream in(entry.path(), std::ios::binary);
            std::string const source{std::istreambuf_iterator<char>(in), {}};
            auto const file = fs::relative(entry.path(), root).generic_string();
            for (auto const& violation : brace_violations(file, source)) ADD_FAILURE() << violation;
        }
    }
    EXPECT_GT(files, 500);
}

TEST(Braces, WhatBreaksTheRuleIsFound) {
    std::vector<std::string> const broken{
        "if (a)\n    f();\n",
        "for (;;)\n    f();\n",
        "while (a)\n    f();\n",
        "do\n    f();\nwhile (a);\n",
        "if (a)\n    f();\nelse\n    g();\n",
        "if (a) f(\n    1\n);\n",
        "if (a &&\n    b)\n    f();\n",
        "if (a)  // why\n    f();\n",
        "if (a) f();\nelse g();\n",
        "if constexpr (a)\n    f();\n",
        "if (a) {\n    f();\n}\n",
        "for (auto const& x : xs) {\n    f(x);\n}\n",
        "while (a) {\n    ++b;\n}\n",
        "if (a) {\n    return g(h, \"{;\");\n}\n",
    };
    for (auto const& source : broken) {
        EXPECT_THAT(brace_violations("x.cpp", source), testing::Not(IsEmpty())) << source;
    }
    EXPECT_THAT(
        brace_violations("x.cpp", "\nif (a)\n    f();\n"), ElementsAre(HasSubstr("x.cpp:2: "))
    );
}

TEST(Braces, WhatKeepsTheRuleIsLeftAlone) {
    std::vector<std::string> const kept{
        "if (a) f();\n",
        "if (a) f();  // why\n",
        "for (auto const& x : xs) f(x);\n",
        "while (a) {\n}\n",
        "while (f()) {}\n",
        "if (a) {\n    f();\n} else {\n    g();\n}\n",
        "if (a) {\n    f();\n} else if (b) {\n    g();\n}\n",
        "if (a) {\n    f();\n    g();\n}\n",
        "if (a) {\n    // why\n    f();\n}\n",
        "if (a) {  // why\n    f();\n}\n",
        "if (a) {\n    f(\n        1\n    );\n}\n",
        "if (a) {\n    if (b) f();\n}\n",
        "if (a) {\n    Guard const guard(b);\n}\n",
        "if (a &&\n    b) {\n    f();\n}\n",
        "do {\n    f();\n} while (a);\n",
        "if (a) {\n    return " + std::string(90, 'f') + ";\n}\n",
        "// if (a)\n//     f();\n",
        "auto const text = R\"(\nif (a)\n    f();\n)\";\n",
        "#define F \\\n    if (a) \\\n        f();\n",
        "if (a == U'\"' && b == U' ') f();\n",
        "auto const n = 1'000;\nif (a) f('\"', \"if (\");\n",
        "run([] {\n    if (a) return;\n});\n",
        "iffy(a)\n    .f();\n",
    };
    for (auto const& source : kept) {
        EXPECT_THAT(brace_violations("x.cpp", source), IsEmpty()) << source;
    }
}

}  // namespace
}  // namespace otp::test
