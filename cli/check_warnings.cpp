#include "check_warnings.hpp"

#include "output.hpp"

#include <otp/iso8601.hpp>
#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace otp::cli {

namespace {

using Warnings = std::vector<WarningReport>;

/// When this was written. A machine whose clock is behind that has lost its battery.
constexpr Clock::UtcTime earliest_now{
    std::chrono::sys_days(std::chrono::year(2026) / std::chrono::January / 1)};

/// One warning that several instances share is one warning.
void add(Warnings& warnings, ConfigWarning warning, std::string const& instance) {
    auto const same =
        std::find_if(warnings.begin(), warnings.end(), [&warning](WarningReport const& report) {
            return report.warning.message == warning.message;
        });
    if (same == warnings.end()) {
        warnings.push_back({std::move(warning), {instance}});
        return;
    }
    same->warning.pointer.clear();
    same->instances.push_back(instance);
}

void warn_of_trust(Warnings& warnings, InstanceReport const& instance) {
    if (!instance.trust) return;
    auto const pointer =
        append_json_pointer(append_json_pointer("/instances", instance.name), "tls");
    for (auto warning : instance.trust->warnings) {
        warning.pointer.insert(0, pointer);
        add(warnings, std::move(warning), instance.name);
    }
}

void warn_of_clock(
    Warnings& warnings, std::span<InstanceReport const> instances, Clock::UtcTime now
) {
    if (now >= earliest_now) return;
    bool const needs_tls = std::any_of(instances.begin(), instances.end(), [](auto const& report) {
        return report.trust.has_value();
    });
    warnings.push_back(
        {{"",
          "this machine's clock says " + format_iso8601(now) +
              ", which is long ago: certificates are not valid yet by it, and vendors refuse what "
              "is signed with it",
          needs_tls},
         {}}
    );
}

/// The variable's value; nothing if it is not set or empty.
[[nodiscard]] std::optional<std::string> value_of(
    EnvironmentLookup const& environment, std::string const& name
) {
    auto value = environment ? environment(name) : std::nullopt;
    if (value && value->empty()) value.reset();
    return value;
}

void warn_of_two_spellings(Warnings& warnings, EnvironmentLookup const& environment) {
    struct Spellings {
        std::string capitals;
        std::string small;
    };
    std::array const variables{
        Spellings{"HTTPS_PROXY", "https_proxy"}, Spellings{"NO_PROXY", "no_proxy"}};
    for (auto const& [capitals, small] : variables) {
        auto const used = value_of(environment, capitals);
        auto const unused = value_of(environment, small);
        if (used && unused && *used != *unused) {
            warnings.push_back(
                {{"", capitals + " and " + small + " differ; " + capitals + " is used"}, {}}
            );
        }
    }
}

/// Somebody meant a proxy to be used, in a way that is none here.
void warn_of_other_proxies(
    Warnings& warnings,
    std::span<InstanceReport const> instances,
    EnvironmentLookup const& environment
) {
    bool const some_go_directly =
        std::any_of(instances.begin(), instances.end(), [](InstanceReport const& instance) {
            return instance.requests.proxy.reason == ProxyReason::none;
        });
    if (!some_go_directly || value_of(environment, "HTTPS_PROXY") ||
        value_of(environment, "https_proxy")) {
        return;
    }
    for (auto const* name : {"ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"}) {
        if (value_of(environment, name)) {
            warnings.push_back(
                {{"", std::string(name) + " is set and not used: set HTTPS_PROXY"}, {}}
            );
        }
    }
}

}  // namespace

std::vector<WarningReport> find_warnings(
    ClientConfig const& config,
    std::span<InstanceReport const> instances,
    EnvironmentLookup const& environment,
    Clock::UtcTime now
) {
    Warnings warnings;
    for (auto const& warning : config.warnings) warnings.push_back({warning, {}});
    for (auto const& instance : instances) warn_of_trust(warnings, instance);
    warn_of_clock(warnings, instances, now);
    warn_of_two_spellings(warnings, environment);
    warn_of_other_proxies(warnings, instances, environment);
    return warnings;
}

}  // namespace otp::cli
