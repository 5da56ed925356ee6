#include "commands.hpp"
#include "exit_status.hpp"
#include "output.hpp"
#include "table.hpp"

#include <otp/mocks/mock_vendors.hpp>
#include <otp/mocks/reserved_recipients.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace otp::cli {

namespace {

struct MockCommandOptions {
    std::string host{"127.0.0.1"};
    std::uint16_t port{0};
    std::string certificate;
    std::string key;
    std::string certificate_authority;
    bool development_mode{false};
    bool print_config{false};
};

/// The table below the help text: how an application makes the vendors answer what it wants to see.
[[nodiscard]] std::string reserved_recipients_text() {
    std::vector<Row> rows{{"vendor", "step", "recipient", "what it provokes"}};
    for (auto const& reserved : mocks::reserved_recipients()) {
        rows.push_back(
            {std::string(reserved.vendor),
             std::string(mocks::to_string(reserved.step)),
             std::string(reserved.recipient),
             std::string(reserved.provokes)}
        );
    }
    std::ostringstream text;
    text << "Reserved recipients (any other valid one gets a code):\n";
    print_table(text, rows);
    text << "Stytch's own test values work as documented: +10000000000 and sandbox@stytch.com are\n"
            "accepted without a message, and 000000 is their code.\n"
            "GET /api/messages?vendor=...&to=... tells what was sent; DELETE /api/messages clears "
            "it.";
    return std::move(text).str();
}

[[nodiscard]] mocks::MockOptions mock_options(MockCommandOptions const& options) {
    mocks::MockOptions made;
    made.host = options.host;
    made.port = options.port;
    made.development_mode = options.development_mode;
    if (!options.certificate.empty()) {
        made.tls = mocks::MockTls{options.certificate, options.key};
    }
    return made;
}

/// What clients have to trust: by default the certificate file itself, which is right for a
/// self-signed one and for a file that holds the whole chain.
[[nodiscard]] std::optional<std::filesystem::path> trusted_file(MockCommandOptions const& options) {
    if (options.certificate.empty()) {
        return std::nullopt;
    }
    return std::filesystem::absolute(
        options.certificate_authority.empty() ? options.certificate : options.certificate_authority
    );
}

[[nodiscard]] int run_mock(MockCommandOptions const& options) {
    // Before the server starts its threads, so that no signal is lost.
    boost::asio::io_context context(1);
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([](boost::system::error_code, int) {});

    std::optional<mocks::MockVendors> vendors;
    try {
        vendors.emplace(mock_options(options));
    } catch (std::runtime_error const& error) {
        throw UsageError(std::string("the mock vendors cannot start: ") + error.what());
    }
    auto text = "listening on " + vendors->origin() + '\n';
    if (options.print_config) {
        text += mocks::example_config(vendors->origin(), trusted_file(options)) + '\n';
    }
    auto const status = print_result(
        text, exit_status::success, "the mock vendors have stopped, since their address is lost"
    );
    if (status == exit_status::success) {
        context.run();
    }
    return status;
}

}  // namespace

Command add_mock_command(CLI::App& program) {
    auto const options = std::make_shared<MockCommandOptions>();
    auto* const command =
        program.add_subcommand("mock", "Serve all five vendors on one port of this machine");
    command->add_option("--host", options->host, "Address to listen on")->capture_default_str();
    command->add_option("--port", options->port, "Port to listen on; 0 takes a free one")
        ->capture_default_str();
    auto* const certificate = command->add_option(
        "--tls-cert", options->certificate, "Serve TLS: certificate chain, PEM"
    );
    auto* const key = command->add_option("--tls-key", options->key, "Its private key, PEM");
    certificate->needs(key);
    key->needs(certificate);
    command
        ->add_option(
            "--tls-ca",
            options->certificate_authority,
            "What the printed configuration trusts; default: the certificate file"
        )
        ->needs(certificate);
    command->add_flag(
        "--development-mode",
        options->development_mode,
        "LoyaltyDog and Eko hand out the code in their answers, as in their test modes"
    );
    command->add_flag(
        "--print-config", options->print_config, "Print a configuration that points here"
    );
    command->footer(reserved_recipients_text());
    return {command, [options] { return run_mock(*options); }};
}

}  // namespace otp::cli
