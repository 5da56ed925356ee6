// otp_bench CLIENT --url URL --ca-file FILE --connections N --requests N [--warm-up N] [--cold]
//     [--vendor NAME] [--thread-pool]
// One client, one measurement, one JSON object on standard output.

#include "measurement.hpp"
#include "vendor_setup.hpp"

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <map>
#include <string>

int main(int argc, char** argv) {
    using namespace otp::bench;
    std::map<std::string, std::function<void(Measurement&)>> const clients{
        {"sdk", run_sdk}, {"textbook", run_textbook}, {"curl", run_curl}, {"floor", run_floor}};

    CLI::App app{"Measures what a request costs"};
    std::string client;
    Workload workload;
    app.add_option("client", client, "sdk, textbook, curl or floor")
        ->required()
        ->check(CLI::IsMember(clients));
    app.add_option("--url", workload.url, "origin of the server")->required();
    app.add_option("--ca-file", workload.ca_file, "authority of its certificate");
    app.add_option("--connections", workload.connections);
    app.add_option("--requests", workload.requests);
    app.add_option("--warm-up", workload.warm_up);
    app.add_flag("--cold", workload.cold, "a new connection for each request");
    app.add_option("--vendor", workload.vendor, "whom the SDK sends through")
        ->check(CLI::IsMember(vendor_names()));
    app.add_flag("--thread-pool", workload.thread_pool, "the SDK with Threading::multiple");
    CLI11_PARSE(app, argc, argv);

    Measurement measurement(workload);
    clients.at(client)(measurement);
    std::cout << measurement.to_json() << '\n';
    return measurement.finished() ? 0 : 1;
}
