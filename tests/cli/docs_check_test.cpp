// What docs/configuration.md says that `otp check` prints of the configurations on that page.

#include "cli/support/mock_setup.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string page() {
    std::ifstream in(std::filesystem::path(OTP_SOURCE_DIR) / "docs/configuration.md");
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

/// The first block of code behind `marker` that begins with such a line.
std::string block_behind(std::string_view marker, std::string_view first_line) {
    auto const text = page();
    auto const begin = text.find("\n```" + std::string(first_line) + '\n', text.find(marker));
    if (begin == std::string::npos) return {};
    auto const content = text.find('\n', begin + 1) + 1;
    return text.substr(content, text.find("\n```\n", content) + 1 - content);
}

/// Without those of certificate authorities, which are the machine's, and without the verdict,
/// which goes by them.
std::string without_the_machines(std::string_view text) {
    std::istringstream lines{std::string(text)};
    std::string result;
    for (std::string line; std::getline(lines, line);) {
        bool const is_the_machines =
            line.starts_with("  authorities ") || line.starts_with("The configuration ");
        if (!is_the_machines) result += line + '\n';
    }
    return result;
}

/// What stands between a block's command and its `...`, and between those.
std::vector<std::string> parts_of(std::string const& block) {
    std::istringstream lines(without_the_machines(block));
    std::vector<std::string> parts;
    std::string part;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("$ ")) continue;
        if (line != "...") {
            part += line + '\n';
            continue;
        }
        if (!part.empty()) parts.push_back(std::exchange(part, {}));
    }
    if (!part.empty()) parts.push_back(part);
    return parts;
}

/// Holds a configuration of the page and what is printed of it against each other.
void check(
    std::string_view configuration_behind, std::string_view output_behind, Environment environment
) {
    TemporaryDirectory const folder;
    auto configuration = block_behind(configuration_behind, "jsonc complete");
    std::string_view constexpr secret_file = "${file:/run/secrets/stytch}";
    auto const place = configuration.find(secret_file);
    if (place != std::string::npos) {
        configuration.replace(place, secret_file.size(), "${env:STYTCH_SECRET}");
    }
    auto const file = folder.write("otp.json", configuration).string();
    environment.emplace_back("STYTCH_PROJECT_ID", "project-test-not-a-real-one");
    environment.emplace_back("STYTCH_SECRET", "secret-test-not-a-real-one");
    for (auto const* const name : {"SPHEREPAY_API_KEY", "EKO_DEVELOPER_KEY", "EKO_ACCESS_KEY"}) {
        environment.emplace_back(name, "not-a-real-one");
    }
    auto const finished = otp_program({"check", "--config", file}, {}, environment);
    auto const printed = without_the_machines(finished.out);
    auto const parts = parts_of(block_behind(output_behind, "console"));
    ASSERT_FALSE(parts.empty()) << output_behind;
    for (auto const& part : parts) EXPECT_THAT(printed, HasSubstr(part)) << finished.err;
}

TEST(DocsCheck, shows_what_the_environment_decides) {
    auto const block = block_behind("Of the [first configuration]", "console");
    EXPECT_THAT(
        block,
        StartsWith("$ OTP_ROUTE_LOGIN=stytch HTTPS_PROXY=http://proxy.example.com:3128 otp check ")
    );
    check(
        "# Configuration",
        "Of the [first configuration]",
        {{"OTP_ROUTE_LOGIN", "stytch"}, {"HTTPS_PROXY", "http://proxy.example.com:3128"}}
    );
}

TEST(DocsCheck, shows_strategy_and_rules) {
    check("#### Rules", "And of the one with [rules]", {});
}

}  // namespace
}  // namespace otp::test
