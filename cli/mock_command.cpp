#include "commands.hpp"
#include "exit_status.hpp"
#include "output.hpp"
#include "recipient_table.hpp"
#include "whole_file.hpp"

#include <otp/host.hpp>
#include <otp/mocks/mock_vendors.hpp>
#include <otp/mocks/self_signed.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace otp::cli {

namespace {

struct MockCommandOptions {
    std::string host{"127.0.0.1"};
    std::uint16_t port{0};
    std::string vendor;
    std::optional<std::uint16_t> ports_from;
    std::string self_signed_folder;
    std::string certificate;
    std::string key;
    std::string certificate_authority;
    std::string config_file;
    std::string token;
    std::optional<std::size_t> keep;
    std::optional<std::uint32_t> seed;
    std::int64_t clock_offset_ms{0};
    bool development_mode{false};
    bool print_config{false};
    bool json{false};
    bool recipients{false};
};

void check_vendor(std::string const& name) {
    if (name.empty()) return;
    try {
        mocks::require_vendor_name(name);
    } catch (std::invalid_argument const& unknown) {
        throw UsageError(std::string("--vendor: ") + unknown.what());
    }
}

// Whatever the system takes for an address besides would be no host of the URLs in the
// configuration: `*`, `0`, `127.1`.
void check_host(std::string const& name) {
    if (!Host::parse(name)) {
        throw UsageError("--host: give a host name or an address; 0.0.0.0 and :: are all of them");
    }
}

void check_combination(MockCommandOptions const& options) {
    bool const own_certificate = !options.certificate.empty() || !options.key.empty();
    if (options.certificate.empty() != options.key.empty()) {
        throw UsageError("--tls-cert and --tls-key: give both or none");
    }
    if (!options.certificate_authority.empty() && !own_certificate) {
        throw UsageError("--tls-ca: give --tls-cert and --tls-key, too");
    }
    if (own_certificate && !options.self_signed_folder.empty()) {
        throw UsageError("--self-signed: give this or --tls-cert, not both");
    }
    if (options.json && options.print_config) {
        throw UsageError("--print-config: give --config-out for a configuration beside --json");
    }
}

[[nodiscard]] std::optional<mocks::MockTls> make_tls(MockCommandOptions const& options) {
    if (!options.self_signed_folder.empty()) {
        try {
            return mocks::self_signed(options.self_signed_folder, options.host).tls;
        } catch (std::runtime_error const& failure) {
            throw UsageError(std::string("--self-signed: ") + failure.what());
        }
    }
    if (options.certificate.empty()) return std::nullopt;
    return mocks::MockTls{options.certificate, options.key, options.certificate_authority};
}

[[nodiscard]] mocks::MockOptions mock_options(
    MockCommandOptions const& options, std::optional<mocks::MockTls> const& tls
) {
    mocks::MockOptions made;
    made.host = options.host;
    made.port = options.port;
    made.vendor_at_root = options.vendor;
    made.vendor_ports_from = options.ports_from;
    made.tls = tls;
    made.seed = options.seed;
    made.clock_offset = std::chrono::milliseconds(options.clock_offset_ms);
    made.development_mode = options.development_mode;
    made.token = options.token;
    if (options.keep) made.keep = *options.keep;
    return made;
}

/// What to do about an address that cannot be listened on.
[[nodiscard]] std::string advice(mocks::CannotListen const& failure) {
    bool const another_port = failure.reason() == std::errc::address_in_use ||
                              failure.reason() == std::errc::permission_denied;
    if (!another_port) return "; --host takes an address of this machine";
    return failure.vendor().empty() ? "; --port 0 takes a free port"
                                    : "; --ports-from 0 takes free ports";
}

[[noreturn]] void refuse_to_start(std::exception const& failure) {
    throw UsageError(std::string("the mock vendors cannot start: ") + failure.what());
}

void start(std::optional<mocks::MockVendors>& vendors, mocks::MockOptions options) {
    try {
        vendors.emplace(std::move(options));
    } catch (mocks::CannotListen const& failure) {
        throw UsageError(failure.what() + advice(failure));
    } catch (std::runtime_error const& failure) {
        refuse_to_start(failure);
    } catch (std::invalid_argument const& failure) {
        refuse_to_start(failure);
    }
}

/// What `otp mock` says of itself when it is ready.
struct Ready {
    std::string origin;
    /// The address of the inbox, with the token in it, if there is one.
    std::string page;
    /// The origins that are a vendor's own, in the vendors' order.
    std::vector<std::pair<std::string, std::string>> own_origins;
    boost::json::object base_urls;
    std::string authority;
    std::string config_file;
};

/// Empty for an empty one.
[[nodiscard]] std::string absolute_name(std::filesystem::path const& file) {
    if (file.empty()) return {};
    return std::filesystem::absolute(file).lexically_normal().string();
}

/// Where a person opens the inbox. A fragment, which a browser keeps to itself, carries the token.
[[nodiscard]] std::string page_address(std::string const& origin, std::string const& token) {
    if (token.empty()) return origin + '/';
    auto address = origin + "/#token=";
    for (char const letter : token) {
        // The page's JavaScript would read a `+` as a blank.
        if (letter == '+') {
            address += "%2B";
        } else {
            address += letter;
        }
    }
    return address;
}

[[nodiscard]] Ready describe(
    MockCommandOptions const& options,
    std::optional<mocks::MockTls> const& tls,
    mocks::MockVendors const& vendors
) {
    Ready ready;
    ready.origin = vendors.origin();
    ready.page = page_address(ready.origin, options.token);
    for (auto const& name : mocks::vendor_names()) {
        if (auto const own = vendors.origin_of(name)) ready.own_origins.emplace_back(name, *own);
        ready.base_urls.emplace(name, vendors.base_url(name));
    }
    if (tls) {
        ready.authority = absolute_name(tls->authority.empty() ? tls->certificate : tls->authority);
    }
    ready.config_file = absolute_name(options.config_file);
    return ready;
}

[[nodiscard]] std::string details(Ready const& ready) {
    std::ostringstream text;
    print_detail(text, "page", ready.page);
    for (auto const& [vendor, origin] : ready.own_origins) print_detail(text, vendor, origin);
    print_detail(text, "authority", ready.authority);
    print_detail(text, "configuration", ready.config_file);
    return std::move(text).str();
}

[[nodiscard]] std::string ready_object(Ready const& ready) {
    return json_line(
        {{"ok", true},
         {"listening", ready.origin},
         {"page", ready.page},
         {"base_urls", ready.base_urls},
         {"authority", text_or_null(ready.authority)},
         {"config", text_or_null(ready.config_file)}}
    );
}

/// With `--print-config` standard output is an address and a configuration, so that scripts can
/// take it apart, and the rest is for a person.
[[nodiscard]] std::string ready_text(
    MockCommandOptions const& options, Ready const& ready, mocks::MockVendors const& vendors
) {
    if (options.json) return ready_object(ready);
    auto text = "listening on " + ready.origin + '\n';
    if (!options.print_config) return text + details(ready);
    std::cerr << details(ready);
    return text + vendors.example_config() + '\n';
}

[[nodiscard]] int serve(MockCommandOptions const& options) {
    // Before the server starts its threads, so that no signal is lost.
    boost::asio::io_context context(1);
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([](boost::system::error_code, int) {});

    std::optional<mocks::MockVendors> vendors;
    auto const tls = make_tls(options);
    start(vendors, mock_options(options, tls));
    if (!options.config_file.empty()) {
        // Whoever has read that the vendors listen finds it complete.
        write_whole_file("--config-out", options.config_file, vendors->example_config());
    }
    auto const status = print_result(
        ready_text(options, describe(options, tls, *vendors), *vendors),
        exit_status::success,
        "the mock vendors have stopped, since their address is lost"
    );
    if (status == exit_status::success) context.run();
    return status;
}

[[nodiscard]] int run_mock(MockCommandOptions const& options) {
    check_host(options.host);
    check_vendor(options.vendor);
    check_combination(options);
    if (options.recipients) {
        return print_result(
            options.json ? recipient_object(options.vendor) : recipient_table(options.vendor),
            exit_status::success,
            "the table is lost"
        );
    }
    return serve(options);
}

/// Durations with a unit, as milliseconds.
[[nodiscard]] CLI::AsNumberWithUnit duration() {
    std::map<std::string, std::int64_t> const units{
        {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
    return CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::UNIT_REQUIRED, "TIME");
}

/// Refuses an empty value, as it is where a script's variable was not set: CLI11 would take it for
/// zero or for none.
[[nodiscard]] std::string refuse_empty(std::string const& given) {
    return given.empty() ? "give a value" : "";
}

void add_text(CLI::App& command, char const* name, std::string& text, char const* description) {
    command.add_option(name, text, description)->check(refuse_empty);
}

/// A number that need not be given.
template <typename Number>
void add_number(
    CLI::App& command, char const* name, std::optional<Number>& number, char const* description
) {
    command
        .add_option_function<Number>(
            name, [&number](Number given) { number = given; }, description
        )
        ->check(refuse_empty);
}

void add_addresses(CLI::App& command, MockCommandOptions& options) {
    add_text(command, "--host", options.host, "Address to listen on; default 127.0.0.1");
    command.add_option("--port", options.port, "Port; default 0, a free one")->check(refuse_empty);
    add_text(command, "--vendor", options.vendor, "Serve this vendor at the root, too");
    add_number(
        command, "--ports-from", options.ports_from, "A port for each vendor, too; 0: free ones"
    );
}

void add_inbox(CLI::App& command, MockCommandOptions& options) {
    add_text(command, "--token", options.token, "What the inbox asks for; other hosts need one");
    add_number(command, "--keep", options.keep, "Messages that are kept; default 20000");
}

void add_trust(CLI::App& command, MockCommandOptions& options) {
    add_text(
        command,
        "--self-signed",
        options.self_signed_folder,
        "TLS; makes what it needs in this folder"
    );
    add_text(command, "--tls-cert", options.certificate, "TLS with this certificate chain, PEM");
    add_text(command, "--tls-key", options.key, "Its private key, PEM");
    add_text(
        command, "--tls-ca", options.certificate_authority, "What clients trust, if not the chain"
    );
}

void add_output(CLI::App& command, MockCommandOptions& options) {
    add_text(
        command, "--config-out", options.config_file, "Write a configuration that points here"
    );
    command.add_flag("--print-config", options.print_config, "Print it");
    command.add_flag("--json", options.json, "Print one JSON object when ready");
    command.add_flag("--recipients", options.recipients, "List the reserved recipients, and end");
}

void add_behaviour(CLI::App& command, MockCommandOptions& options) {
    add_number(command, "--seed", options.seed, "The same codes and ids for the same number");
    command
        .add_option(
            "--clock-offset", options.clock_offset_ms, "Vendors' clock ahead: 20m; late: =-20m"
        )
        ->transform(duration())
        ->check(refuse_empty);
    command.add_flag(
        "--development-mode", options.development_mode, "LoyaltyDog, Eko: codes in answers"
    );
}

}  // namespace

Command add_mock_command(CLI::App& program) {
    auto const options = std::make_shared<MockCommandOptions>();
    auto* const command = program.add_subcommand("mock", "Serve mocks of all five vendors");
    add_addresses(*command, *options);
    add_inbox(*command, *options);
    add_trust(*command, *options);
    add_output(*command, *options);
    add_behaviour(*command, *options);
    command->footer("The inbox is a page at /, and a JSON API below /api (docs/inbox-api.md)");
    return {command, [options] { return run_mock(*options); }};
}

}  // namespace otp::cli
