#pragma once

#include <otp/channel.hpp>
#include <otp/send_otp.hpp>

#include <CLI/CLI.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::cli {

/// Minutes from `5m`, `1h`, `120s` or `60000ms`; more than can be counted is the longest duration.
/// Throws `UsageError` for anything else: 0 and less, a part of a minute.
[[nodiscard]] std::chrono::minutes parse_expiry(std::string_view text);

/// Throws `UsageError` for a text that names no channel.
[[nodiscard]] Channel parse_channel_option(std::string_view text);

/// An option whose text, which may be empty, goes into `text`, which must outlive the command.
/// Returns what belongs to the command.
CLI::Option* add_text_option(
    CLI::App& command, std::string name, std::optional<std::string>& text, std::string description
);

/// `--client-ip` and `--user-agent`, into `client`, which must outlive the command.
void add_client_options(CLI::App& command, ClientAttributes& client);

/// What `--field` and `--field-file` were given.
struct FieldOptions {
    std::vector<std::string> fields;
    std::vector<std::string> files;

    [[nodiscard]] bool empty() const noexcept { return fields.empty() && files.empty(); }
};

/// `--field` and `--field-file`, into `given`, which must outlive the command.
void add_field_options(CLI::App& command, FieldOptions& given);

/// `--user VENDOR=ID`, several. Throws `UsageError` for another form, an unknown vendor, or a
/// vendor named twice.
[[nodiscard]] std::map<std::string, std::string, std::less<>> parse_users(
    std::vector<std::string> const& texts
);

/// `--field VENDOR.KEY=VALUE` and, for secrets, `--field-file VENDOR.KEY=FILE`, several of each; a
/// file loses what `trim_secret_text` drops. Throws `UsageError` for another form, an unknown
/// vendor, a file that cannot be read, or a key given twice; whether the vendor has such a key is
/// for the SDK to say.
[[nodiscard]] VendorFields parse_fields(FieldOptions const& given);

}  // namespace otp::cli
