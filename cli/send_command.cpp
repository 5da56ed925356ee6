#include "arguments.hpp"
#include "commands.hpp"
#include "event_output.hpp"
#include "exit_status.hpp"
#include "files.hpp"
#include "handle_file.hpp"
#include "metrics_file.hpp"
#include "operation.hpp"
#include "output.hpp"
#include "output_places.hpp"
#include "program_vendors.hpp"
#include "progress_observer.hpp"
#include "recording_options.hpp"
#include "request_options.hpp"
#include "send_report.hpp"

#include <otp/otp.hpp>

#include <array>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace otp::cli {

namespace {

struct SendOptions {
    RequestOptions request;
    RecordingFolders recordings;
    std::optional<std::string> handle_out;
    std::optional<std::string> metrics_out;
    std::optional<std::string> events_out;
    bool show_test_code{false};
    bool json{false};
};

/// Puts the handle into its file, if one was asked for. Returns why that is impossible.
[[nodiscard]] std::error_code keep_handle(
    std::optional<HandleFile>& file, VerificationHandle const& handle
) {
    return file ? file->commit(handle_line(handle)) : std::error_code();
}

/// No file of a send takes the place of another one, or of the configuration.
void check_places(SendOptions const& options) {
    struct Place {
        std::string_view option;
        std::optional<std::string> const& target;
    };
    std::array const places{
        Place{"--handle-out", options.handle_out},
        Place{"--metrics-out", options.metrics_out},
        Place{"--events-out", options.events_out}};
    for (auto place = places.begin(); place != places.end(); ++place) {
        if (!place->target || *place->target == standard_output) continue;
        auto const& target = *place->target;
        refuse_same_place(place->option, target, options.request.config, "the configuration");
        for (auto other = places.begin(); other != place; ++other) {
            if (!other->target) continue;
            auto const what = "the file of " + std::string(other->option);
            refuse_same_place(place->option, target, *other->target, what);
        }
    }
}

/// The JSON object is all that may stand on standard output, and nothing among other reports.
void check_streams(SendOptions const& options) {
    if (options.json && options.events_out == standard_output) {
        throw UsageError("--events-out: with --json, standard output is taken; name a file");
    }
    if (options.metrics_out) refuse_standard_stream("--metrics-out", *options.metrics_out);
    if (options.json && options.events_out) {
        refuse_standard_stream("--events-out", *options.events_out);
    }
}

/// What a send leaves beside its report.
struct Records {
    std::optional<HandleFile> handle;
    std::optional<MetricsFile> metrics;
    std::optional<EventOutput> events;
    /// Set where a person looks on.
    std::shared_ptr<ProgressObserver> progress;

    [[nodiscard]] std::vector<std::shared_ptr<Observer>> observers() const {
        std::vector<std::shared_ptr<Observer>> all;
        if (metrics) all.push_back(metrics->observer());
        if (events) all.push_back(events->observer());
        if (progress) all.push_back(progress);
        return all;
    }
};

/// Makes what the client reports to. Throws `UsageError` if that is impossible, or if one of the
/// files cannot be where it is to be.
void open_records(Records& records, SendOptions const& options) {
    check_places(options);
    check_streams(options);
    if (options.metrics_out) records.metrics.emplace(*options.metrics_out);
    if (options.events_out) records.events.emplace(*options.events_out);
    if (!options.json && ::isatty(STDERR_FILENO) == 1) {
        records.progress = std::make_shared<ProgressObserver>(std::cerr);
    }
}

[[nodiscard]] SendReport describe_report(SendOptions const& options, Records const& records) {
    SendReport report;
    report.json = options.json;
    report.show_test_code = options.show_test_code;
    report.handle_file = options.handle_out.value_or("");
    if (records.progress) report.attempts = AttemptLines::told_already;
    report.is_beside_events = options.events_out == standard_output;
    return report;
}

[[nodiscard]] int report_send(
    Result<SendReceipt> const& sent, SendReport report, std::optional<HandleFile>& handle_file
) {
    if (sent.has_value()) {
        report.handle_failure = keep_handle(handle_file, sent->handle);
        return report_receipt(*sent, report);
    }
    auto const error = sent.error();
    if (error.handle) report.handle_failure = keep_handle(handle_file, *error.handle);
    return report_failed_send(error, report);
}

/// It is at its old place no more, where a script would look for this send's.
void tell_of_earlier_handle(HandleFile const& file) {
    if (file.earlier_handle().empty()) return;
    std::cerr << "otp: the handle of an earlier send is now in " << file.earlier_handle().string()
              << '\n';
}

[[nodiscard]] int run_send(SendOptions const& options) {
    auto request = make_request(options.request);
    auto config = load_config(options.request.config, program_vendors());
    obey_recording_options(options.recordings, config);
    auto target = choose_target(options.request, config);
    Records records;
    open_records(records, options);
    boost::asio::io_context context(1);
    auto client = make_client(context, std::move(config), records.observers());
    // The last one: it sets the handle of an earlier send aside.
    if (options.handle_out) records.handle.emplace(*options.handle_out);

    auto const sent = run_operation<SendReceipt>(context, [&](auto handler) {
        client.async_send(std::move(target), std::move(request), std::move(handler));
    });
    // Whoever has read the report finds them complete.
    if (records.metrics) records.metrics->write(client);
    auto status = report_send(sent, describe_report(options, records), records.handle);
    if (records.handle) tell_of_earlier_handle(*records.handle);
    if (records.metrics) status = records.metrics->report_loss(status);
    if (records.events) status = records.events->report_loss(status);
    return status;
}

}  // namespace

Command add_send_command(CLI::App& program) {
    auto const options = std::make_shared<SendOptions>();
    auto* const command = program.add_subcommand("send", "Send a one-time password");
    add_request_options(*command, options->request);
    add_recording_options(*command, options->recordings);
    add_text_option(
        *command,
        "--handle-out",
        options->handle_out,
        "Write the handle for `otp verify` into this file, mode 0600"
    );
    add_text_option(
        *command,
        "--metrics-out",
        options->metrics_out,
        "Write what happened into this file at the end, as Prometheus text"
    );
    add_text_option(
        *command,
        "--events-out",
        options->events_out,
        "Append each event to this file, one JSON line; - is standard output"
    );
    command->add_flag(
        "--show-test-code",
        options->show_test_code,
        "Show the code if the vendor's test mode shows it"
    );
    command->add_flag("--json", options->json, "Print one JSON object");
    return {command, [options] { return run_send(*options); }};
}

}  // namespace otp::cli
