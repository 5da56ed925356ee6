#include "commands.hpp"
#include "exit_status.hpp"
#include "explain_report.hpp"
#include "operation.hpp"
#include "output.hpp"
#include "program_vendors.hpp"
#include "request_options.hpp"

#include <otp/otp.hpp>

#include <memory>
#include <utility>

namespace otp::cli {

namespace {

struct ExplainOptions {
    RequestOptions request;
    bool json{false};
};

[[nodiscard]] std::optional<RouteConfig> route_of(
    SendTarget const& target, ClientConfig const& config
) {
    auto const* const route = target.is_route() ? config.find_route(target.name()) : nullptr;
    return route == nullptr ? std::nullopt : std::optional(*route);
}

[[nodiscard]] int run_explain(ExplainOptions const& options) {
    auto const request = make_request(options.request);
    auto config = load_config(options.request.config, program_vendors());
    auto const target = choose_target(options.request, config);
    ExplainReport report;
    report.route = route_of(target, config);
    boost::asio::io_context context(1);
    auto const client = make_client(context, std::move(config));
    report.found = client.explain(target, request).value();
    return print_result(
        options.json ? json_line(explain_json(report)) : explain_text(report),
        report.asked_first() != nullptr ? exit_status::success : exit_status::not_sent,
        "nothing was sent, and the explanation is lost"
    );
}

}  // namespace

Command add_explain_command(CLI::App& program) {
    auto const options = std::make_shared<ExplainOptions>();
    auto* const command = program.add_subcommand(
        "explain", "Tell who would be asked to send, in which order, and who not; sends nothing"
    );
    add_request_options(*command, options->request);
    command->add_flag("--json", options->json, "Print one JSON object");
    command->footer("Exit status: 0 if somebody would be asked, 1 if nobody would");
    return {command, [options] { return run_explain(*options); }};
}

}  // namespace otp::cli
