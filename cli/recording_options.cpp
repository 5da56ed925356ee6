#include "recording_options.hpp"

#include "arguments.hpp"
#include "exit_status.hpp"

namespace otp::cli {

namespace {

void refuse_empty(std::optional<std::string> const& folder, std::string const& option) {
    if (folder && folder->empty()) throw UsageError(option + ": name a folder");
}

}  // namespace

void add_recording_options(CLI::App& command, RecordingFolders& given) {
    auto* const record = add_text_option(
        command,
        "--record",
        given.record,
        "Record each exchange in this folder; secrets and people are masked"
    );
    add_text_option(
        command,
        "--replay",
        given.replay,
        "Answer from the recordings in this folder, without a network"
    )
        ->excludes(record);
}

void obey_recording_options(RecordingFolders const& given, ClientConfig& config) {
    refuse_empty(given.record, "--record");
    refuse_empty(given.replay, "--replay");
    if (!given.record && !given.replay) return;
    for (auto& instance : config.instances) {
        instance.record.reset();
        instance.replay.reset();
        if (given.record) instance.record = *given.record;
        if (given.replay) instance.replay = *given.replay;
    }
}

}  // namespace otp::cli
