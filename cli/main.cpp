#include "commands.hpp"
#include "exit_status.hpp"
#include "failure_of_machine.hpp"
#include "output.hpp"
#include "standard_streams.hpp"

#include <otp/error.hpp>

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
        if (argument == "--json") {
            return true;
        }
    }
    return false;
}

/// What CLI11 says, without the values that were typed: they may be codes or phone numbers.
[[nodiscard]] std::string describe(CLI::ParseError const& error) {
    if (dynamic_cast<CLI::ExtrasError const*>(&error) != nullptr) {
        return "an argument belongs to no option of this command";
    }
    return otp::scrub_vendor_text(error.what());
}

[[nodiscard]] int run_command(CLI::App const& program, std::span<Command const> commands) {
    for (auto const& command : commands) {
        if (program.got_subcommand(command.options)) {
            return command.run();
        }
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

[[nodiscard]] int run(int argc, char** argv) {
    prepare_standard_streams();
    CLI::App program("Sends and verifies one-time passwords through any of five vendors.", "otp");
    program.footer(
        "Exit status: 0 accepted or approved; 1 failed, nothing was sent; 2 usage,\n"
        "configuration or handle; 3 failed, a code may be on its way; 4 the code was not "
        "approved;\n"
        "5 the result or the handle could not be written, standard error says what is known."
    );
    program.require_subcommand(1);
    std::array const commands{
        add_send_command(program),
        add_verify_command(program),
        add_check_command(program),
        add_vendors_command(program),
        add_mock_command(program),
    };
    try {
        program.parse(arguments_in_reverse(std::span(argv, static_cast<std::size_t>(argc))));
    } catch (CLI::Success const& help) {
        return print_help(program, help);
    } catch (CLI::ParseError const& error) {
        throw UsageError(describe(error));
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
