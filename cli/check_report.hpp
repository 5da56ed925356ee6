#pragma once

#include <otp/config.hpp>
#include <otp/proxy_choice.hpp>
#include <otp/seam/clock.hpp>
#include <otp/trust_report.hpp>
#include <otp/vendor_registry.hpp>

#include <boost/json/object.hpp>

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::cli {

/// Where requests go, and by which way.
struct WayReport {
    std::string url;
    ProxyChoice proxy;
};

/// What `otp check` says of one instance: what is really used.
struct InstanceReport {
    std::string name;
    std::string vendor;
    std::string environment;
    WayReport requests;
    /// Where access tokens come from, if the instance needs some.
    std::optional<WayReport> tokens;
    /// The names of those that are present; the values are not shown.
    std::vector<std::string> credentials;
    std::vector<std::string> channels;
    /// Nothing if no way of it is one of TLS.
    std::optional<TrustReport> trust;
};

struct WarningReport {
    ConfigWarning warning;
    /// Whom it concerns; empty: all.
    std::vector<std::string> instances;
};

/// What `otp check` says of a configuration.
struct CheckReport {
    std::vector<InstanceReport> instances;
    std::vector<RouteConfig> routes;
    std::vector<WarningReport> warnings;

    /// Whether requests will fail, as far as can be seen without a connection.
    [[nodiscard]] bool prevents_sending() const noexcept;
};

using EnvironmentLookup = std::function<std::optional<std::string>(std::string const& name)>;

/// Finds out what a client with this configuration would use in this environment at `now`. Reads
/// certificate authorities, opens no connection. Throws `ErrorException` if the configuration
/// cannot be used.
[[nodiscard]] CheckReport make_check_report(
    ClientConfig const& config,
    VendorRegistry const& vendors,
    EnvironmentLookup const& environment,
    Clock::UtcTime now
);

/// The members `instances`, `routes` and `warnings` of the `--json` object.
[[nodiscard]] boost::json::object check_json(CheckReport const& report);

/// In lines for a person.
void print_check(std::ostream& out, CheckReport const& report);

}  // namespace otp::cli
