#include "command_line.hpp"

#include "output.hpp"

#include <otp/error.hpp>
#include <otp/nearest_name.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace otp::cli {

namespace {

constexpr std::size_t longest_shown_name = 32;

/// Letters, `-` and `_`: a name and no value, which may be a code, a number or an address.
[[nodiscard]] bool is_plain_name(std::string_view text) {
    constexpr std::string_view signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
    return !text.empty() && text.size() <= longest_shown_name &&
           text.find_first_not_of(signs) == text.npos;
}

/// Its beginning that may be a name: `phone` of `--phone+12025550162`.
[[nodiscard]] std::string_view name_part(std::string_view argument) {
    argument.remove_prefix(std::min(argument.find_first_not_of('-'), argument.size()));
    auto const end = std::find_if(argument.begin(), argument.end(), [](char c) {
        return !is_plain_name(std::string_view(&c, 1));
    });
    return argument.substr(0, static_cast<std::size_t>(end - argument.begin()));
}

/// ` "name"` if it can be shown.
[[nodiscard]] std::string shown(std::string_view name) {
    return is_plain_name(name) ? ' ' + std::string(name) : "";
}

[[nodiscard]] std::vector<std::string> command_names(CLI::App const& program) {
    std::vector<std::string> names;
    for (auto const* command : program.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

/// The long names of a command's options, without dashes.
[[nodiscard]] std::vector<std::string> option_names(CLI::App const& command) {
    std::vector<std::string> names;
    for (auto const* option : command.get_options()) {
        for (auto const& name : option->get_lnames()) names.push_back(name);
    }
    return names;
}

[[nodiscard]] std::optional<std::string> nearest(
    std::string_view name, std::vector<std::string> const& known
) {
    std::vector<std::string_view> const views(known.begin(), known.end());
    auto const found = nearest_name(name, views);
    return found ? std::optional<std::string>(*found) : std::nullopt;
}

/// The other command that has this option; empty if none has.
[[nodiscard]] std::string owner_of(CLI::App const& program, std::string const& option) {
    for (auto const* command : program.get_subcommands({})) {
        if (command->get_option_no_throw(option) != nullptr) return command->get_name();
    }
    return {};
}

/// `otp send`.
[[nodiscard]] std::string full_name(CLI::App const& program, CLI::App const& command) {
    return &command == &program ? program.get_name()
                                : program.get_name() + ' ' + command.get_name();
}

[[nodiscard]] std::string describe_unknown_option(
    CLI::App const& program, CLI::App const& command, std::string const& option
) {
    auto const name = name_part(option);
    bool const has_more = option.starts_with("--") && option.size() > name.size() + 2;
    if (has_more && command.get_option_no_throw("--" + std::string(name)) != nullptr) {
        return "an option and its value are written --" + std::string(name) + " VALUE or --" +
               std::string(name) + "=VALUE";
    }
    auto text = "unknown option" + shown(option);
    if (auto const found = nearest(name, option_names(command))) {
        return text + "; did you mean --" + *found + '?';
    }
    if (auto const owner = owner_of(program, option); !owner.empty()) {
        return text + " of " + full_name(program, command) + "; " + program.get_name() + ' ' +
               owner + " has it";
    }
    return text + " of " + full_name(program, command);
}

/// An argument that is no option and no option's value.
[[nodiscard]] std::string describe_stray(CLI::App const& command, std::string_view argument) {
    std::string const text = "an argument belongs to no option of this command";
    if (is_plain_name(argument)) {
        auto const option = "--" + std::string(argument);
        if (command.get_option_no_throw(option) != nullptr) {
            return text + "; did you mean " + option + '?';
        }
    }
    return text + "; a value with blanks in it stands in quotes";
}

/// Whether the argument behind the option is its value.
[[nodiscard]] bool takes_value(CLI::Option const& option) {
    return option.get_items_expected_min() > 0;
}

/// The first argument that nothing knows.
[[nodiscard]] std::optional<std::string> describe_unknown(
    CLI::App const& program, std::span<char*> arguments
) {
    auto const* command = &program;
    for (std::size_t at = 1; at < arguments.size(); ++at) {
        std::string const argument(arguments[at]);
        if (argument.size() > 1 && argument.front() == '-') {
            auto const equals = argument.find('=');
            auto const name = argument.substr(0, equals);
            auto const* const option = command->get_option_no_throw(name);
            if (option == nullptr) return describe_unknown_option(program, *command, name);
            if (takes_value(*option) && equals == std::string::npos) ++at;
        } else if (command != &program) {
            bool const is_positional = !command
                                            ->get_options([](CLI::Option const* option) {
                                                return option->get_positional();
                                            })
                                            .empty();
            if (!is_positional) return describe_stray(*command, argument);
        } else {
            command = find_command(program, argument);
            if (command == nullptr) return describe_unknown_command(program, argument);
        }
    }
    if (command != &program) return std::nullopt;
    return "give a command; there are " + join(command_names(program));
}

/// `--port: ` of `Could not convert: --port = 99999`. The value may be anything, a secret, too.
[[nodiscard]] std::string name_before_value(std::string_view message) {
    auto const begin = message.find("--");
    if (begin == message.npos) return "";
    auto const end = std::min(message.find_first_of(" =:", begin), message.size());
    return std::string(message.substr(begin, end - begin)) + ": ";
}

}  // namespace

CLI::App const* find_command(CLI::App const& program, std::string_view name) {
    auto const found = program.get_subcommands([name](CLI::App const* command) {
        return command->get_name() == name;
    });
    return found.empty() ? nullptr : found.front();
}

std::string describe_unknown_command(CLI::App const& program, std::string_view name) {
    auto const names = command_names(program);
    auto const text = "unknown command" + shown(name);
    if (auto const found = nearest(name, names)) return text + "; did you mean " + *found + '?';
    return text + "; there are " + join(names);
}

std::string describe_mistake(
    CLI::App const& program, std::span<char*> arguments, CLI::ParseError const& error
) {
    if (auto unknown = describe_unknown(program, arguments)) return std::move(*unknown);
    if (dynamic_cast<CLI::ExtrasError const*>(&error) != nullptr) {
        return "an argument belongs to no option of this command";
    }
    if (dynamic_cast<CLI::ConversionError const*>(&error) != nullptr) {
        return name_before_value(error.what()) + "this is no value for it, or one out of range";
    }
    if (dynamic_cast<CLI::ArgumentMismatch const*>(&error) != nullptr) {
        return name_before_value(error.what()) + "give one value";
    }
    return otp::scrub_vendor_text(error.what());
}

}  // namespace otp::cli
