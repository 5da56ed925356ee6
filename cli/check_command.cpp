#include "check_report.hpp"
#include "commands.hpp"
#include "connection_output.hpp"
#include "exit_status.hpp"
#include "operation.hpp"
#include "output.hpp"
#include "program_vendors.hpp"
#include "try_connections.hpp"

#include <otp/otp.hpp>
#include <otp/seam/clock.hpp>

#include <memory>
#include <optional>
#include <sstream>
#include <utility>

namespace otp::cli {

namespace {

struct CheckOptions {
    std::string config;
    bool connect{false};
    bool json{false};
};

/// What is known in the end.
struct Findings {
    CheckReport report;
    /// Nothing if none were tried.
    std::optional<Connections> connections;
    Clock::UtcTime now;

    [[nodiscard]] bool ok() const {
        return !report.prevents_sending() &&
               (!connections || failed_connections(*connections) == 0);
    }
};

[[nodiscard]] std::string findings_json(Findings const& findings) {
    boost::json::object object;
    object["ok"] = findings.ok();
    for (auto& member : check_json(findings.report)) object.emplace(member.key(), member.value());
    object["connections"] = nullptr;
    if (findings.connections) {
        object["connections"] = connections_json(*findings.connections, findings.now);
    }
    return json_line(object);
}

[[nodiscard]] std::string findings_text(Findings const& findings) {
    std::ostringstream out;
    print_check(out, findings.report);
    if (findings.connections) print_connections(out, *findings.connections, findings.now);
    out
        << (findings.report.prevents_sending()
                ? "The configuration can be read, but sending will fail.\n"
                : "The configuration can be used.\n");
    if (findings.connections) {
        out << verdict_on_connections(*findings.connections) << "; no request was sent.\n";
    }
    return std::move(out).str();
}

[[nodiscard]] int run_check(CheckOptions const& options) {
    auto config = load_config(options.config, program_vendors());
    Findings findings;
    findings.now = Clock::system()->utc_now();
    findings.report = make_check_report(
        config, program_vendors(), ConfigSources::process().environment, findings.now
    );
    // Its constructor checks what only it can: the certificates and keys. It opens no connection.
    boost::asio::io_context context(1);
    auto const instances = instance_names(config);
    auto client = make_client(context, std::move(config));
    if (options.connect) findings.connections = try_connections(context, client, instances);
    auto const text = options.json ? findings_json(findings) : findings_text(findings);
    auto const status = findings.ok() ? exit_status::success : exit_status::not_sent;
    return print_result(text, status, "the configuration has been checked, but the report is lost");
}

}  // namespace

Command add_check_command(CLI::App& program) {
    auto const options = std::make_shared<CheckOptions>();
    auto* const command = program.add_subcommand(
        "check", "Check a configuration, and show what is used, without sending anything"
    );
    command->add_option("--config", options->config, "Configuration file")->required();
    command->add_flag(
        "--connect",
        options->connect,
        "Also try name, TCP and TLS of every instance; no request is sent"
    );
    command->add_flag("--json", options->json, "Print one JSON object");
    return {command, [options] { return run_check(*options); }};
}

}  // namespace otp::cli
