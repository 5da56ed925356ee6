#include "command_line.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "output.hpp"

#include <otp/version.hpp>

#include <memory>
#include <string>

namespace otp::cli {

namespace {

[[nodiscard]] int run_help(CLI::App& program, std::string const& name) {
    if (name.empty()) {
        // Else CLI11 explains the command that it has just read: this one.
        program.clear();
        return print_result(program.help(), exit_status::success, "the help text is lost");
    }
    auto const* const command = find_command(program, name);
    if (command == nullptr) throw UsageError(describe_unknown_command(program, name));
    return print_result(
        command->help(program.get_name()), exit_status::success, "the help text is lost"
    );
}

}  // namespace

Command add_help_command(CLI::App& program) {
    auto const name = std::make_shared<std::string>();
    auto* const command = program.add_subcommand("help", "Explain the program, or a command");
    command->add_option("COMMAND", *name, "The command to explain");
    return {command, [&program, name] { return run_help(program, *name); }};
}

Command add_version_command(CLI::App& program) {
    auto* const command =
        program.add_subcommand("version", "Tell the versions of this program and its libraries");
    return {command, [] {
                return print_result(
                    version_details() + '\n', exit_status::success, "the version is lost"
                );
            }};
}

}  // namespace otp::cli
