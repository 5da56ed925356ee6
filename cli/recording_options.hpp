#pragma once

#include <otp/config.hpp>

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

namespace otp::cli {

/// Where exchanges are recorded, or answered from.
struct RecordingFolders {
    std::optional<std::string> record;
    std::optional<std::string> replay;
};

/// `--record` and `--replay`, into `given`, which must outlive the command.
void add_recording_options(CLI::App& command, RecordingFolders& given);

/// Lets all instances obey the options, in place of what the configuration says of them. Throws
/// `UsageError` for an empty path.
void obey_recording_options(RecordingFolders const& given, ClientConfig& config);

}  // namespace otp::cli
