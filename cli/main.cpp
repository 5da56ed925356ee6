#include "command_line.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "failure_of_machine.hpp"
#include "output.hpp"
#include "standard_streams.hpp"

#include <otp/error.hpp>
#include <otp/version.hpp>

#include <array>
#include <exception>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace otp::cli;

/// Whether JSON was asked for, also where the command line as a whole could not be read.
[[nodiscard]] bool wants_json(std::span<char*> arguments) {
    for (std::string_view const argument : arguments) {
        if (argument == "--json") return true;
    }
    return false;
}

[[nodiscard]] int run_command(CLI::App const& program, std::span<Command const> commands) {
    for (auto const& command : commands) {
        if (program.got_subcommand(command.options)) return command.run();
    }
    throw UsageError("give a command");
}

/// The arguments as CLI11 takes them, the last one first. `--client-ip=`, which scripts write where
/// a variable is empty, is `--client-ip ""`, which CLI11 does not make of it.
[[nodiscard]] std::vector<std::string> arguments_in_reverse(std::span<char*> arguments) {
    std::vector<std::string> reversed;
    for (std::size_t at = arguments.size(); at > 1; --at) {
        std::string argument(arguments[at - 1]);
        bool const is_empty_option =
            argument.starts_with("--") && argument.find('=') == argument.size() - 1;
        if (is_empty_option) {
            reversed.emplace_back();
            argument.pop_back();
        }
        reversed.push_back(std::move(argument));
    }
    return reversed;
}

[[nodiscard]] int print_help(CLI::App const& program, CLI::Success const& asked) {
    std::ostringstream text;
    auto const status = program.exit(asked, text, text);
    return print_result(text.str(), status, "the help text is lost");
}

/// `otp sned --help`, for which the parser would explain the whole program.
void refuse_unknown_command(CLI::App const& program, std::span<char*> arguments) {
    if (arguments.size() < 2) return;
    std::string_view const name(arguments[1]);
    if (!name.starts_with('-') && find_command(program, name) == nullptr) {
        throw UsageError(describe_unknown_command(program, name));
    }
}

[[nodiscard]] int run(int argc, char** argv) {
    prepare_standard_streams();
    CLI::App program("Sends and verifies one-time passwords through any of five vendors.", "otp");
    program.footer(
        "Exit status: 0 accepted or approved; 1 failed, nothing was sent; 2 usage,\n"
        "configuration or handle; 3 failed, a code may be on its way; 4 the code was not "
        "approved;\n"
        "5 the result, the handle or a record could not be written, standard error says what is "
        "known."
    );
    program.set_version_flag(
        "--version", otp::version_details(), "Tell the versions of this program and its libraries"
    );
    program.require_subcommand(1);
    std::array const commands{
        add_send_command(program),
        add_verify_command(program),
        add_explain_command(program),
        add_check_command(program),
        add_health_command(program),
        add_vendors_command(program),
        add_replay_command(program),
        add_mock_command(program),
        add_help_command(program),
        add_version_command(program),
    };
    std::span const arguments(argv, static_cast<std::size_t>(argc));
    try {
        program.parse(arguments_in_reverse(arguments));
    } catch (CLI::Success const& help) {
        refuse_unknown_command(program, arguments);
        return print_help(program, help);
    } catch (CLI::ParseError const& error) {
        throw UsageError(describe_mistake(program, arguments, error));
    }
    return run_command(program, commands);
}

}  // namespace

int main(int argc, char** argv) {
    auto const json = wants_json({argv, static_cast<std::size_t>(argc)});
    try {
        return run(argc, argv);
    } catch (UsageError const& error) {
        return report_usage_error(error.what(), json);
    } catch (otp::ErrorException const& exception) {
        return report_error(exception.error(), json);
    } catch (std::exception const& exception) {
        // Whatever had begun reports its own end (`run_operation`), so nothing was sent.
        return report_error(failure_of_machine(exception, otp::Delivery::not_sent), json);
    }
}
