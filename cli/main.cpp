#include "commands.hpp"
#include "exit_status.hpp"
#include "output.hpp"

#include <otp/error.hpp>

#include <array>
#include <exception>
#include <iostream>
#include <span>
#include <string_view>

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

[[nodiscard]] int run(CLI::App& program, std::span<Command const> commands, bool json) {
    try {
        for (auto const& command : commands) {
            if (program.got_subcommand(command.options)) {
                return command.run();
            }
        }
        return report_usage_error("give a command", json);
    } catch (UsageError const& error) {
        return report_usage_error(error.what(), json);
    } catch (otp::ErrorException const& exception) {
        return report_error(exception.error(), json);
    } catch (std::exception const&) {
        // Its text is not ours, so it may quote what must not be shown.
        auto const unknown = otp::Delivery::unknown;
        return report_error(otp::Error(otp::ErrorCategory::internal, {}, unknown), json);
    }
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App program("Sends and verifies one-time passwords through any of five vendors.", "otp");
    program.footer(
        "Exit status: 0 accepted or approved; 1 failed, nothing was sent; 2 usage or\n"
        "configuration; 3 failed, a code may be on its way; 4 the code was not approved."
    );
    program.require_subcommand(1);
    std::array const commands{
        add_send_command(program),
        add_verify_command(program),
        add_check_command(program),
        add_vendors_command(program),
        add_mock_command(program),
    };
    auto const json = wants_json({argv, static_cast<std::size_t>(argc)});
    try {
        program.parse(argc, argv);
    } catch (CLI::Success const& help) {
        return program.exit(help);
    } catch (CLI::ParseError const& error) {
        return report_usage_error(describe(error), json);
    }
    return run(program, commands, json);
}
