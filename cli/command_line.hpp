#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <string_view>

namespace otp::cli {

/// What to say of a command line that CLI11 could not read, which was `error`: an unknown command
/// or option by its name, with the nearest one that there is; else what CLI11 says. Values that
/// were typed are not repeated, as they may be codes or phone numbers.
[[nodiscard]] std::string describe_mistake(
    CLI::App const& program, std::span<char*> arguments, CLI::ParseError const& error
);

/// The command of that name; null if there is none.
[[nodiscard]] CLI::App const* find_command(CLI::App const& program, std::string_view name);

/// What to say of a name that is no command.
[[nodiscard]] std::string describe_unknown_command(CLI::App const& program, std::string_view name);

}  // namespace otp::cli
