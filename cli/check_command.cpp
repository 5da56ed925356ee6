#include "commands.hpp"
#include "exit_status.hpp"
#include "operation.hpp"
#include "output.hpp"

#include <otp/otp.hpp>

#include <memory>
#include <sstream>
#include <utility>

namespace otp::cli {

namespace {

struct CheckOptions {
    std::string config;
    bool json{false};
};

/// What `otp check` says of one instance.
struct InstanceReport {
    std::string name;
    std::string vendor;
    std::string environment;
    std::string base_url;
    /// The names of those that are present; the values are not shown.
    std::vector<std::string> credentials;
    std::vector<std::string> channels;
};

[[nodiscard]] InstanceReport report_instance(
    InstanceConfig const& instance, VendorRegistry const& vendors
) {
    InstanceReport report;
    report.name = instance.name;
    report.vendor = instance.vendor;
    report.environment = instance.environment;
    auto const adapter = vendors.make_adapter(instance).value();
    report.base_url = adapter->base_url();
    for (auto const& [name, secret] : instance.credentials) {
        report.credentials.push_back(name);
    }
    report.channels = channel_names(adapter->vendor().channels);
    return report;
}

[[nodiscard]] std::string report_json(
    std::vector<InstanceReport> const& reports, std::vector<RouteConfig> const& routes
) {
    boost::json::array instances;
    for (auto const& report : reports) {
        boost::json::object object;
        object["name"] = report.name;
        object["vendor"] = report.vendor;
        object["environment"] = text_or_null(report.environment);
        object["base_url"] = report.base_url;
        object["credentials"] = texts_json(report.credentials);
        object["channels"] = texts_json(report.channels);
        instances.push_back(std::move(object));
    }
    boost::json::array route_list;
    for (auto const& route : routes) {
        boost::json::object object;
        object["name"] = route.name;
        object["use"] = texts_json(route.use);
        route_list.push_back(std::move(object));
    }
    boost::json::object object;
    object["ok"] = true;
    object["instances"] = std::move(instances);
    object["routes"] = std::move(route_list);
    return json_line(object);
}

[[nodiscard]] std::string report_text(
    std::vector<InstanceReport> const& reports, std::vector<RouteConfig> const& routes
) {
    std::ostringstream out;
    for (auto const& report : reports) {
        out << "instance " << report.name << '\n';
        print_detail(out, "vendor", report.vendor);
        print_detail(out, "environment", report.environment);
        print_detail(out, "base URL", report.base_url);
        print_detail(out, "credentials", join(report.credentials) + " (present)");
        print_detail(out, "channels", join(report.channels));
    }
    for (auto const& route : routes) {
        out << "route " << route.name << '\n';
        print_detail(out, "use", join(route.use, ", then "));
    }
    out << "The configuration can be used.\n";
    return std::move(out).str();
}

[[nodiscard]] int run_check(CheckOptions const& options) {
    auto config = load_config(options.config);
    auto const vendors = VendorRegistry::built_in();
    std::vector<InstanceReport> reports;
    for (auto const& instance : config.instances) {
        reports.push_back(report_instance(instance, vendors));
    }
    auto const routes = config.routes;
    // Its constructor checks what only it can: CA files, OTP_ROUTE_... It opens no connection.
    boost::asio::io_context context(1);
    auto const client = make_client(context, std::move(config));
    auto const report = options.json ? report_json(reports, routes) : report_text(reports, routes);
    return print_result(
        report, exit_status::success, "the configuration can be used, but the report is lost"
    );
}

}  // namespace

Command add_check_command(CLI::App& program) {
    auto const options = std::make_shared<CheckOptions>();
    auto* const command =
        program.add_subcommand("check", "Check a configuration without sending anything");
    command->add_option("--config", options->config, "Configuration file")->required();
    command->add_flag("--json", options->json, "Print one JSON object");
    return {command, [options] { return run_check(*options); }};
}

}  // namespace otp::cli
