#pragma once

#include <otp/attempt.hpp>
#include <otp/channel.hpp>
#include <otp/error.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace otp::cli {

/// Writes a command's result to standard output and returns `status`. If it cannot be written, says
/// so on standard error and returns `exit_status::output_lost`; `if_lost` is a sentence that says
/// what was lost and what is certain all the same.
[[nodiscard]] int print_result(std::string_view text, int status, std::string_view if_lost);

/// The one object of `--json` and a newline.
[[nodiscard]] std::string json_line(boost::json::object const& object);

/// JSON's way of saying "there is none".
[[nodiscard]] boost::json::value text_or_null(std::string_view text);

/// The attempts as the `attempts` member of every `--json` object.
[[nodiscard]] boost::json::array attempts_json(std::vector<Attempt> const& attempts);

/// The texts as a JSON array.
[[nodiscard]] boost::json::array texts_json(std::vector<std::string> const& texts);

/// What the operation of a command was: it decides what "not known" means for the person.
enum class Step { send, verify };

/// Whether a report lists the attempts, or the person has read of each as it happened.
enum class AttemptLines { shown, told_already };

/// Reports a failed operation, for programs on standard output or for a person on standard error.
/// Returns the exit status.
[[nodiscard]] int report_error(Error const& error, bool json, Step step = Step::send);

/// Writes the object of a failed operation to standard output as `print_result` does. If it cannot
/// be written, standard error has the operation's failure in lines for a person, too.
[[nodiscard]] int print_error_object(Error const& error, Step step, std::string_view if_lost);

/// A failed operation in lines for a person.
void print_error(
    std::ostream& out, Error const& error, Step step, AttemptLines attempts = AttemptLines::shown
);

/// Reports a wrong command line as `report_error` does; as JSON it is an `invalid_request`.
[[nodiscard]] int report_usage_error(std::string_view message, bool json);

/// Without what would end or overwrite a line of a terminal.
[[nodiscard]] std::string in_one_line(std::string text);

/// One line `  name        value` below a headline; nothing if the value is empty.
void print_detail(std::ostream& out, std::string_view name, std::string_view value);

/// One line for each attempt at what `step` was.
void print_attempts(std::ostream& out, std::vector<Attempt> const& attempts, Step step);

/// The stable names.
[[nodiscard]] std::vector<std::string> channel_names(std::vector<Channel> const& channels);

/// The texts with `separator` between them.
[[nodiscard]] std::string join(
    std::vector<std::string> const& texts, std::string_view separator = ", "
);

}  // namespace otp::cli
