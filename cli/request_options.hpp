#pragma once

#include "arguments.hpp"

#include <otp/client.hpp>

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace otp::cli {

/// What a command is told of the code that is to be sent, and by whom.
struct RequestOptions {
    std::string config;
    std::optional<std::string> route;
    std::optional<std::string> instance;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::vector<std::string> users;
    std::optional<std::string> channel;
    std::optional<std::string> reference;
    std::optional<std::string> locale;
    std::optional<std::string> expires;
    ClientAttributes client;
    FieldOptions fields;
};

/// From `--config` to `--field-file`, into `given`, which must outlive the command.
void add_request_options(CLI::App& command, RequestOptions& given);

/// What was named, or else the only route, or else the only instance. Throws `UsageError` where
/// there are several.
[[nodiscard]] SendTarget choose_target(RequestOptions const& given, ClientConfig const& config);

/// Throws `UsageError` for options that cannot be followed, and `ErrorException` for a number or an
/// address that is none.
[[nodiscard]] SendOtp make_request(RequestOptions const& given);

}  // namespace otp::cli
