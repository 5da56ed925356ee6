#include "arguments.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "files.hpp"
#include "handle_file.hpp"
#include "operation.hpp"
#include "output.hpp"
#include "send_report.hpp"

#include <otp/otp.hpp>

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <system_error>

namespace otp::cli {

namespace {

struct SendOptions {
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
    std::optional<std::string> handle_out;
    bool show_test_code{false};
    bool json{false};
};

template <class Item>
[[nodiscard]] std::string names(std::vector<Item> const& items) {
    std::vector<std::string> texts;
    texts.reserve(items.size());
    for (auto const& item : items) texts.push_back(item.name);
    return join(texts);
}

/// What was named, or else the only route, or else the only instance.
[[nodiscard]] SendTarget choose_target(SendOptions const& options, ClientConfig const& config) {
    if (options.route) return *options.route;
    if (options.instance) return SendTarget::instance(*options.instance);
    if (config.routes.size() == 1) return config.routes.front().name;
    if (config.routes.empty() && config.instances.size() == 1) {
        return SendTarget::instance(config.instances.front().name);
    }
    throw UsageError(
        "give --route or --instance; routes: " +
        (config.routes.empty() ? "none" : names(config.routes)) +
        "; instances: " + names(config.instances)
    );
}

/// Throws `ErrorException` with a pointer into the request, as the SDK's own refusals have one.
template <class Value>
[[nodiscard]] Value required(Result<Value> parsed, std::string pointer) {
    if (parsed.has_value()) return std::move(*parsed);
    auto error = parsed.error();
    if (error.violations.empty()) error.violations.push_back({std::move(pointer), error.message});
    throw ErrorException(std::move(error));
}

[[nodiscard]] SendOtp make_request(SendOptions const& options) {
    // A vendor's own field may name the recipient; whether it does, the adapter says.
    if (!options.phone && !options.email && options.users.empty() && options.fields.empty()) {
        throw UsageError(
            "give the recipient: --phone, --email or --user, or the vendor's own --field"
        );
    }
    Recipient recipient;
    recipient.user_ids = parse_users(options.users);
    SendOtp request(std::move(recipient));
    request.vendor_fields = parse_fields(options.fields);
    if (options.channel) request.channel = parse_channel_option(*options.channel);
    if (options.expires) request.expires_in = parse_expiry(*options.expires);
    request.reference = options.reference;
    request.locale = options.locale;
    request.client = options.client;
    if (options.phone) request.to.phone = required(PhoneNumber::parse(*options.phone), "/to/phone");
    if (options.email) {
        request.to.email = required(EmailAddress::parse(*options.email), "/to/email");
    }
    return request;
}

/// Puts the handle into its file, if one was asked for. Returns why that is impossible.
[[nodiscard]] std::error_code keep_handle(
    std::optional<HandleFile>& file, VerificationHandle const& handle
) {
    return file ? file->commit(handle_line(handle)) : std::error_code();
}

/// The handle would be put in the configuration's place.
void refuse_configuration_as_file(SendOptions const& options) {
    std::error_code ignored;
    if (std::filesystem::equivalent(options.config, *options.handle_out, ignored)) {
        throw UsageError("--handle-out: this is the configuration; name a file of its own");
    }
}

[[nodiscard]] int report_send(
    Result<SendReceipt> const& sent,
    SendOptions const& options,
    std::optional<HandleFile>& handle_file
) {
    SendReport report{options.json, options.show_test_code, options.handle_out.value_or(""), {}};
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
    auto request = make_request(options);
    auto config = load_config(options.config);
    auto target = choose_target(options, config);
    boost::asio::io_context context(1);
    auto client = make_client(context, std::move(config));
    std::optional<HandleFile> handle_file;
    if (options.handle_out) {
        refuse_configuration_as_file(options);
        handle_file.emplace(*options.handle_out);
    }

    auto const sent = run_operation<SendReceipt>(context, [&](auto handler) {
        client.async_send(std::move(target), std::move(request), std::move(handler));
    });
    auto const status = report_send(sent, options, handle_file);
    if (handle_file) tell_of_earlier_handle(*handle_file);
    return status;
}

}  // namespace

Command add_send_command(CLI::App& program) {
    auto const options = std::make_shared<SendOptions>();
    auto* const command = program.add_subcommand("send", "Send a one-time password");
    command->add_option("--config", options->config, "Configuration file")->required();
    auto* const route =
        add_text_option(*command, "--route", options->route, "Route of the configuration");
    add_text_option(*command, "--instance", options->instance, "One instance of the configuration")
        ->excludes(route);
    add_text_option(*command, "--phone", options->phone, "Phone number, E.164: +12025550162");
    add_text_option(*command, "--email", options->email, "Email address");
    command->add_option("--user", options->users, "The vendor's own id of the person: VENDOR=ID")
        ->allow_extra_args(false);
    add_text_option(*command, "--channel", options->channel, "sms, email or whatsapp");
    add_text_option(*command, "--reference", options->reference, "Your id for this send");
    add_text_option(*command, "--locale", options->locale, "BCP 47 language tag of the message");
    add_text_option(*command, "--expires", options->expires, "How long the code shall live: 5m");
    add_client_options(*command, options->client);
    add_field_options(*command, options->fields);
    add_text_option(
        *command,
        "--handle-out",
        options->handle_out,
        "Write the handle for `otp verify` into this file, mode 0600"
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
