#include "arguments.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "output.hpp"
#include "program_vendors.hpp"
#include "replay_report.hpp"

#include <otp/config.hpp>
#include <otp/email_address.hpp>
#include <otp/otp_code.hpp>
#include <otp/phone_number.hpp>
#include <otp/testing/recording_drift.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace otp::cli {

namespace {

struct ReplayOptions {
    std::string config;
    std::string folder;
    std::optional<std::string> instance;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::vector<std::string> users;
    FieldOptions fields;
    std::string code{"000000"};
    bool live{false};
    bool json{false};
};

/// The one that was named, or the only one.
[[nodiscard]] InstanceConfig take_instance(ReplayOptions const& options, ClientConfig& config) {
    std::vector<std::string> names;
    for (auto& instance : config.instances) {
        bool const is_meant =
            options.instance ? instance.name == *options.instance : config.instances.size() == 1;
        if (is_meant) return std::move(instance);
        names.push_back(instance.name);
    }
    throw UsageError("give --instance; there are " + join(names));
}

template <class Value>
[[nodiscard]] Value parsed(Result<Value> result) {
    if (!result.has_value()) throw ErrorException(result.error());
    return std::move(*result);
}

[[nodiscard]] Recipient recipient_of(ReplayOptions const& options) {
    Recipient to;
    to.user_ids = parse_users(options.users);
    if (options.phone) to.phone = parsed(PhoneNumber::parse(*options.phone));
    if (options.email) to.email = parsed(EmailAddress::parse(*options.email));
    return to;
}

void refuse_live(ReplayOptions const& options, InstanceConfig const& instance) {
    if (options.live || !testing::may_be_live(instance, program_vendors())) return;
    throw UsageError(
        "instance " + instance.name +
        " may reach people: its environment is not test or sandbox, and it is not on this machine; "
        "--live sends all the same"
    );
}

[[nodiscard]] int run_replay(ReplayOptions const& options) {
    auto const recordings = testing::load_recordings(options.folder);
    auto config = load_config(options.config, program_vendors());
    testing::DriftQuestion question(
        take_instance(options, config), recipient_of(options), parsed(OtpCode::parse(options.code))
    );
    refuse_live(options, question.instance);
    question.vendor_fields = parse_fields(options.fields);
    question.vendors = program_vendors();
    question.environment = ConfigSources::process().environment;
    auto const report = testing::find_drift(recordings, std::move(question));
    bool const is_same = report.has_compared() && !report.has_drift();
    return print_result(
        options.json ? json_line(drift_json(report)) : drift_text(report),
        is_same ? exit_status::success : exit_status::not_sent,
        "the requests have been sent, and what came of them is lost"
    );
}

}  // namespace

Command add_replay_command(CLI::App& program) {
    auto const options = std::make_shared<ReplayOptions>();
    auto* const command = program.add_subcommand(
        "replay", "Send recorded requests to a vendor, and tell where its answers have changed"
    );
    command->add_option("folder", options->folder, "Folder of recordings")->required();
    command->add_option("--against", options->config, "Configuration file: who is asked")
        ->required();
    add_text_option(*command, "--instance", options->instance, "One instance of the configuration");
    add_text_option(*command, "--phone", options->phone, "Who gets the messages, E.164");
    add_text_option(*command, "--email", options->email, "Who gets the messages by email");
    command->add_option("--user", options->users, "The vendor's own id of the person: VENDOR=ID")
        ->allow_extra_args(false);
    add_field_options(*command, options->fields);
    command->add_option("--code", options->code, "The code of recorded checks; default 000000");
    command->add_flag("--live", options->live, "Send although the vendor may reach people");
    command->add_flag("--json", options->json, "Print one JSON object");
    command->footer(
        "Exit status: 0 if each answer has the shape of a recorded one, 1 if one has not, or if\n"
        "nothing could be sent. Recordings hold no secrets and nobody's number: the\n"
        "configuration and the options fill them in. Messages are really sent."
    );
    return {command, [options] { return run_replay(*options); }};
}

}  // namespace otp::cli
