#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace otp::cli {

/// One subcommand: its options live in `run`, which is called after the command line was read and
/// returns the exit status (`exit_status.hpp`). It may throw `UsageError` and `ErrorException`.
struct Command {
    CLI::App* options;
    std::function<int()> run;
};

[[nodiscard]] Command add_send_command(CLI::App& program);
[[nodiscard]] Command add_verify_command(CLI::App& program);
[[nodiscard]] Command add_check_command(CLI::App& program);
[[nodiscard]] Command add_explain_command(CLI::App& program);
[[nodiscard]] Command add_health_command(CLI::App& program);
[[nodiscard]] Command add_vendors_command(CLI::App& program);
[[nodiscard]] Command add_replay_command(CLI::App& program);
[[nodiscard]] Command add_mock_command(CLI::App& program);
[[nodiscard]] Command add_help_command(CLI::App& program);
[[nodiscard]] Command add_version_command(CLI::App& program);

}  // namespace otp::cli
