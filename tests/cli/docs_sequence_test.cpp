// The sequences of docs/testing-offline.md, as somebody pastes them into bash.

#include "cli/support/mock_setup.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace otp::test {
namespace {

using testing::HasSubstr;

/// The commands of the first block below a line that begins with `marker`.
[[nodiscard]] std::string commands_after(std::string_view marker) {
    std::ifstream page(std::filesystem::path(OTP_SOURCE_DIR) / "docs/testing-offline.md");
    std::string line;
    while (std::getline(page, line) && !line.starts_with(marker)) {
    }
    while (std::getline(page, line) && line != "```console") {
    }
    std::string commands;
    while (std::getline(page, line) && line != "```") {
        if (line.starts_with("$ ")) commands += line.substr(2) + '\n';
    }
    return commands;
}

/// Runs commands in a folder of their own, with our `otp`; ends what they leave in the background.
[[nodiscard]] Finished paste(std::string const& commands) {
    TemporaryDirectory const folder;
    auto const program_folder = std::filesystem::path(OTP_PROGRAM).parent_path().string();
    auto const script = "set -euo pipefail\ncd '" + folder.path().string() + "'\nPATH='" +
                        program_folder + "':$PATH\ntrap 'kill $! 2>/dev/null || true' EXIT\n";
    return run("/bin/bash", {"-c", script + commands});
}

/// The first command of a block: the one that starts the mock.
[[nodiscard]] std::string first_line(std::string const& commands) {
    return commands.substr(0, commands.find('\n') + 1);
}

TEST(DocsSequence, sends_and_verifies_with_the_program) {
    auto const commands = commands_after("## In five minutes");
    ASSERT_THAT(commands, testing::EndsWith("kill $!\n"));
    auto const pasted = paste(commands);
    EXPECT_EQ(pasted.status, 0) << pasted.err;
    EXPECT_THAT(pasted.out, HasSubstr("approved\n  instance      stytch\n"));
}

TEST(DocsSequence, puts_the_clock_forward) {
    auto const pasted =
        paste(first_line(commands_after("## In five minutes")) + commands_after("### Clock"));
    EXPECT_EQ(pasted.status, 0) << pasted.err;
    EXPECT_THAT(pasted.out, HasSubstr("\"moved_ms\":600000"));
}

TEST(DocsSequence, switches_a_fault_on) {
    auto const pasted =
        paste(first_line(commands_after("## In five minutes")) + commands_after("### Faults"));
    EXPECT_EQ(pasted.status, 0) << pasted.err;
    EXPECT_THAT(pasted.out, HasSubstr("\"id\":\"fault-1\""));
}

TEST(DocsSequence, provokes_a_broken_answer) {
    auto const pasted = paste(
        "set +e\n" + first_line(commands_after("## In five minutes")) +
        commands_after("Stytch's own test values")
    );
    EXPECT_THAT(pasted.out, HasSubstr("exit status 3")) << pasted.err;
}

TEST(DocsSequence, speaks_to_a_vendor_at_the_root) {
    auto const pasted = paste(
        first_line(commands_after("### Other people's clients")) +
        commands_after("curl, as an example of any client")
    );
    EXPECT_EQ(pasted.status, 0) << pasted.err;
    EXPECT_THAT(pasted.out, HasSubstr("\"user_created\":true"));
}

}  // namespace
}  // namespace otp::test
