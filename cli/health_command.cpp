#include "commands.hpp"
#include "exit_status.hpp"
#include "health_report.hpp"
#include "operation.hpp"
#include "output.hpp"
#include "program_vendors.hpp"
#include "try_connections.hpp"

#include <otp/config.hpp>

#include <memory>
#include <utility>

namespace otp::cli {

namespace {

struct HealthOptions {
    std::string config;
    bool json{false};
};

[[nodiscard]] int run_health(HealthOptions const& options) {
    auto config = load_config(options.config, program_vendors());
    HealthReport report;
    report.now = Clock::system()->utc_now();
    report.routes = config.routes;
    auto const instances = instance_names(config);
    boost::asio::io_context context(1);
    auto client = make_client(context, std::move(config));
    report.connections = try_connections(context, client, instances);
    return print_result(
        options.json ? json_line(health_json(report)) : health_text(report),
        report.ok() ? exit_status::success : exit_status::not_sent,
        "the connections have been tried, but the report is lost"
    );
}

}  // namespace

Command add_health_command(CLI::App& program) {
    auto const options = std::make_shared<HealthOptions>();
    auto* const command = program.add_subcommand(
        "health", "Try to connect to every instance, and tell which routes can be served"
    );
    command->add_option("--config", options->config, "Configuration file")->required();
    command->add_flag("--json", options->json, "Print one JSON object");
    command->footer(
        "Exit status: 0 if every route has an instance that can be reached, else 1; without\n"
        "routes, 0 if every instance can be reached. No request is sent."
    );
    return {command, [options] { return run_health(*options); }};
}

}  // namespace otp::cli
