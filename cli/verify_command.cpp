#include "arguments.hpp"
#include "commands.hpp"
#include "exit_status.hpp"
#include "files.hpp"
#include "operation.hpp"
#include "output.hpp"
#include "program_vendors.hpp"
#include "recording_options.hpp"

#include <otp/otp.hpp>

#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

namespace otp::cli {

namespace {

struct VerifyOptions {
    std::string config;
    std::string handle;
    std::string code;
    ClientAttributes client;
    FieldOptions fields;
    RecordingFolders recordings;
    bool json{false};
};

/// Secrets stay out of it: of a session it says only that there is one.
[[nodiscard]] std::string verification_json(
    Verification const& verification, VerificationHandle const& handle
) {
    boost::json::object object;
    object["ok"] = true;
    object["outcome"] = to_string(verification.outcome);
    object["instance"] = handle.instance();
    object["vendor"] = handle.vendor();
    object["channel"] = to_string(handle.channel());
    object["request_id"] = text_or_null(verification.request_id);
    object["vendor_code"] = text_or_null(verification.vendor_code);
    object["http_status"] = nullptr;
    if (verification.http_status != 0) object["http_status"] = verification.http_status;
    object["session_issued"] = verification.session.has_value();
    object["attempts"] = attempts_json(verification.attempts);
    return json_line(object);
}

[[nodiscard]] std::string_view sentence(Verification::Outcome outcome) noexcept {
    switch (outcome) {
        case Verification::Outcome::approved:
            return "approved";
        case Verification::Outcome::wrong_code:
            return "not approved: the code is wrong";
        case Verification::Outcome::expired:
            return "not approved: the code has expired or was used";
        case Verification::Outcome::too_many_attempts:
            return "not approved: too many wrong codes";
        case Verification::Outcome::rejected:
            return "not approved: the vendor does not say why";
    }
    return "not approved";
}

[[nodiscard]] std::string verification_text(
    Verification const& verification, VerificationHandle const& handle
) {
    std::ostringstream out;
    out << sentence(verification.outcome) << '\n';
    print_detail(out, "instance", handle.instance());
    print_detail(out, "request id", verification.request_id);
    print_detail(out, "vendor code", verification.vendor_code);
    if (verification.session) print_detail(out, "session", "issued by the vendor (not shown)");
    print_attempts(out, verification.attempts, Step::verify);
    return std::move(out).str();
}

[[nodiscard]] int report_verification(
    Verification const& verification, VerificationHandle const& handle, bool json
) {
    auto const approved = verification.approved();
    auto const status = approved ? exit_status::success : exit_status::not_approved;
    if (!json && !approved) {
        std::cerr << "otp: " << verification_text(verification, handle);
        return status;
    }
    auto const if_lost = "the result is lost (" + std::string(sentence(verification.outcome)) + ")";
    return print_result(
        json ? verification_json(verification, handle) : verification_text(verification, handle),
        status,
        if_lost
    );
}

/// Before it is sent, a check is refused for its handle if that lacks what the vendor needs: so it
/// is one that cannot be used, like one that is no handle at all.
void refuse_incomplete_handle(Error const& error) {
    if (error.http_status != 0 || error.delivery != Delivery::not_sent) return;
    for (auto const& [pointer, message] : error.violations) {
        if (pointer.starts_with("/handle/")) {
            refuse_handle("this handle cannot be used: " + pointer + ' ' + message);
        }
    }
}

[[nodiscard]] int run_verify(VerifyOptions const& options) {
    if (options.handle == standard_input && options.code == standard_input) {
        throw UsageError("--handle and --code cannot both be read from standard input");
    }
    auto fields = parse_fields(options.fields);
    auto handle = read_handle(options.handle);
    auto code = OtpCode::parse(options.code == standard_input ? read_code_line() : options.code);
    if (!code.has_value()) return report_error(code.error(), options.json, Step::verify);
    auto config = load_config(options.config, program_vendors());
    obey_recording_options(options.recordings, config);

    boost::asio::io_context context(1);
    auto client = make_client(context, std::move(config));
    VerifyOtp request(handle, std::move(*code));
    request.client = options.client;
    request.vendor_fields = std::move(fields);
    auto const verified = run_operation<Verification>(context, [&](auto handler) {
        client.async_verify(std::move(request), std::move(handler));
    });
    if (!verified.has_value()) {
        refuse_incomplete_handle(verified.error());
        return report_error(verified.error(), options.json, Step::verify);
    }
    return report_verification(*verified, handle, options.json);
}

}  // namespace

Command add_verify_command(CLI::App& program) {
    auto const options = std::make_shared<VerifyOptions>();
    auto* const command = program.add_subcommand("verify", "Check the code that the person typed");
    command->add_option("--config", options->config, "Configuration file")->required();
    command
        ->add_option(
            "--handle", options->handle, "What `otp send` wrote or printed; - reads standard input"
        )
        ->required();
    command
        ->add_option(
            "--code",
            options->code,
            "The code; - reads it from standard input, which keeps it out of the process list"
        )
        ->required();
    add_client_options(*command, options->client);
    add_field_options(*command, options->fields);
    add_recording_options(*command, options->recordings);
    command->add_flag("--json", options->json, "Print one JSON object");
    return {command, [options] { return run_verify(*options); }};
}

}  // namespace otp::cli
