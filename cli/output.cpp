#include "output.hpp"

#include "attempt_text.hpp"
#include "exit_status.hpp"
#include "standard_streams.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>
#include <iomanip>
#include <iostream>
#include <unistd.h>
#include <utility>

namespace otp::cli {

namespace {

constexpr int name_width = 14;

[[nodiscard]] std::string_view headline(Delivery delivery, Step step) noexcept {
    if (delivery == Delivery::not_sent) {
        return step == Step::verify ? "failed, and the check was not counted"
                                    : "failed, nothing was sent";
    }
    return step == Step::verify ? "failed, and the check may have been counted"
                                : "failed, and a code may be on its way";
}

/// One line for each violation that the headline does not name already.
void print_violations(std::ostream& out, Error const& error) {
    for (auto const& violation : error.violations) {
        if (is_in_message(error, violation)) continue;
        auto const& [pointer, message] = violation;
        auto const text = message == error.message ? "" : message;
        auto const separator = pointer.empty() || text.empty() ? "" : ": ";
        out << "  " << in_one_line(pointer + separator + text) << '\n';
    }
}

/// Why nothing further was tried; empty where category or headline say it.
[[nodiscard]] std::string_view describe_stop(Error const& error, Step step) noexcept {
    if (!error.stop) return "";
    switch (*error.stop) {
        case DecisionReason::may_have_been_sent:
            // Of a check the headline says all that there is.
            return step == Step::send ? describe(*error.stop) : "";
        case DecisionReason::no_instance_left:
        case DecisionReason::attempts_used_up:
        case DecisionReason::budget_empty:
        case DecisionReason::deadline_too_near:
            return describe(*error.stop);
        default:
            return "";
    }
}

/// The whole object of a failed command. Unlike `to_json(error)`, which is for logs, it holds the
/// handle, as the object of an accepted send does.
[[nodiscard]] boost::json::object error_json(Error const& error) {
    auto members = to_json(error);
    members["handle"] = nullptr;
    if (error.handle) members["handle"] = error.handle->to_json();
    boost::json::object object;
    object["ok"] = false;
    object["error"] = std::move(members);
    object["attempts"] = attempts_json(error.attempts);
    return object;
}

}  // namespace

int print_result(std::string_view text, int status, std::string_view if_lost) {
    auto const failure = write_all(STDOUT_FILENO, text);
    if (!failure) return status;
    std::cerr << "otp: " << if_lost << ": standard output cannot be written: " << failure.message()
              << '\n';
    return exit_status::output_lost;
}

std::string json_line(boost::json::object const& object) {
    return boost::json::serialize(object) + '\n';
}

boost::json::value text_or_null(std::string_view text) {
    return text.empty() ? boost::json::value(nullptr) : boost::json::value(text);
}

boost::json::array attempts_json(std::vector<Attempt> const& attempts) {
    boost::json::array array;
    for (auto const& attempt : attempts) array.push_back(to_json(attempt));
    return array;
}

boost::json::array texts_json(std::vector<std::string> const& texts) {
    boost::json::array array;
    for (auto const& text : texts) array.emplace_back(text);
    return array;
}

int report_error(Error const& error, bool json, Step step) {
    if (json) return print_error_object(error, step, "the JSON object is lost");
    print_error(std::cerr, error, step);
    return exit_status_of(error);
}

int print_error_object(Error const& error, Step step, std::string_view if_lost) {
    auto const status = print_result(json_line(error_json(error)), exit_status_of(error), if_lost);
    if (status == exit_status::output_lost) print_error(std::cerr, error, step);
    return status;
}

void print_error(std::ostream& out, Error const& error, Step step, AttemptLines attempts) {
    auto const configuration = is_configuration_error(error);
    auto const message = error.message.empty() ? describe(error.category) : error.message;
    out << "otp: "
        << (configuration ? "the configuration cannot be used" : headline(error.delivery, step))
        << ": " << in_one_line(std::string(message)) << '\n';
    print_violations(out, error);
    if (!configuration) print_detail(out, "category", to_string(error.category));
    print_detail(out, "instance", describe_instance(error.instance, error.vendor));
    print_detail(out, "vendor code", error.vendor_code);
    if (error.http_status != 0) print_detail(out, "HTTP status", std::to_string(error.http_status));
    print_detail(out, "request id", error.request_id);
    if (error.retry_after) {
        print_detail(out, "retry after", std::to_string(error.retry_after->count()) + " ms");
    }
    print_detail(out, "see", error.documentation_url);
    if (attempts == AttemptLines::shown) print_attempts(out, error.attempts, step);
    print_detail(out, "stopped", describe_stop(error, step));
}

int report_usage_error(std::string_view message, bool json) {
    if (json) {
        Error const error(ErrorCategory::invalid_request, std::string(message));
        auto const if_lost = "the command line cannot be followed (" + error.message +
                             "); nothing was done, and the JSON object that says so is lost";
        return print_result(json_line(error_json(error)), exit_status::usage, if_lost);
    }
    std::cerr << "otp: " << message << "\nRun `otp --help` or `otp COMMAND --help`.\n";
    return exit_status::usage;
}

std::string in_one_line(std::string text) {
    for (char& c : text) {
        auto const octet = static_cast<unsigned char>(c);
        if (octet < 0x20 || octet == 0x7f) c = ' ';
    }
    return text;
}

void print_detail(std::ostream& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out << "  " << std::left << std::setw(name_width) << name << in_one_line(std::string(value))
        << '\n';
}

void print_attempts(std::ostream& out, std::vector<Attempt> const& attempts, Step step) {
    int number = 0;
    for (auto const& attempt : attempts) {
        ++number;
        auto const name = attempts.size() == 1 ? "attempt" : "attempt " + std::to_string(number);
        print_detail(out, name, describe_attempt(attempt, step));
    }
}

std::vector<std::string> channel_names(std::vector<Channel> const& channels) {
    std::vector<std::string> names;
    for (auto const channel : channels) names.emplace_back(to_string(channel));
    return names;
}

std::string join(std::vector<std::string> const& texts, std::string_view separator) {
    std::string joined;
    for (auto const& text : texts) {
        if (!joined.empty()) joined += separator;
        joined += text;
    }
    return joined;
}

}  // namespace otp::cli
