#include "check_report.hpp"

#include "check_route.hpp"
#include "check_warnings.hpp"
#include "output.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/host.hpp>
#include <otp/http_url.hpp>

#include <algorithm>
#include <ostream>
#include <utility>

namespace otp::cli {

namespace {

[[nodiscard]] WayReport way_to(
    InstanceConfig const& instance, std::string const& url, EnvironmentLookup const& environment
) {
    return {url, choose_proxy(instance, url, environment).value()};
}

[[nodiscard]] bool needs_tls(WayReport const& way) {
    auto const url = HttpUrl::parse_endpoint(way.url);
    return url && url->is_https();
}

[[nodiscard]] InstanceReport report_instance(
    InstanceConfig const& instance,
    ProviderAdapter const& adapter,
    EnvironmentLookup const& environment,
    Clock::UtcTime now
) {
    InstanceReport report{
        instance.name,
        instance.vendor,
        instance.environment,
        way_to(instance, adapter.base_url(), environment),
        {},
        {},
        channel_names(adapter.vendor().channels),
        {}};
    if (auto const* grant = adapter.token_grant()) {
        report.tokens = way_to(instance, grant->base_url(), environment);
        report.tokens->url += grant->encode().target();
    }
    for (auto const& credential : instance.credentials) {
        report.credentials.push_back(credential.first);
    }
    if (needs_tls(report.requests) || (report.tokens && needs_tls(*report.tokens))) {
        report.trust = report_trust(instance.tls, now);
    }
    return report;
}

[[nodiscard]] std::string address_of(ProxyConfig const& proxy) {
    auto const host = Host::parse(proxy.host);
    return (host ? host->bracketed() : proxy.host) + ':' + std::to_string(proxy.port);
}

[[nodiscard]] boost::json::object proxy_json(ProxyChoice const& choice) {
    boost::json::object object;
    object["address"] = text_or_null(choice.proxy ? address_of(*choice.proxy) : "");
    object["reason"] = to_string(choice.reason);
    object["variable"] = text_or_null(choice.variable);
    object["entry"] = nullptr;
    if (choice.entry != 0) object["entry"] = choice.entry;
    return object;
}

[[nodiscard]] boost::json::value tokens_json(std::optional<WayReport> const& tokens) {
    if (!tokens) return nullptr;
    boost::json::object object;
    object["url"] = tokens->url;
    object["proxy"] = proxy_json(tokens->proxy);
    return object;
}

[[nodiscard]] boost::json::value authorities_json(std::optional<TrustReport> const& trust) {
    if (!trust) return nullptr;
    boost::json::array sources;
    for (auto const& source : trust->sources) {
        boost::json::object object;
        object["path"] = source.path.string();
        object["named_by"] = source.named_by;
        object["certificates"] = source.certificates;
        object["expired"] = source.expired;
        object["not_yet_valid"] = source.not_yet_valid;
        object["problem"] = text_or_null(source.problem);
        sources.push_back(std::move(object));
    }
    return sources;
}

[[nodiscard]] boost::json::object instance_json(InstanceReport const& report) {
    boost::json::object object;
    object["name"] = report.name;
    object["vendor"] = report.vendor;
    object["environment"] = text_or_null(report.environment);
    object["base_url"] = report.requests.url;
    object["credentials"] = texts_json(report.credentials);
    object["channels"] = texts_json(report.channels);
    object["proxy"] = proxy_json(report.requests.proxy);
    object["tokens"] = tokens_json(report.tokens);
    object["authorities"] = authorities_json(report.trust);
    return object;
}

[[nodiscard]] boost::json::object warning_json(WarningReport const& report) {
    boost::json::object object;
    object["pointer"] = text_or_null(report.warning.pointer);
    object["instances"] = texts_json(report.instances);
    object["message"] = report.warning.message;
    object["prevents_sending"] = report.warning.prevents_sending;
    return object;
}

/// `142 in /etc/ssl/certs/ca-certificates.crt (default of OpenSSL)`.
[[nodiscard]] std::string describe_source(AuthoritySource const& source) {
    auto const path = source.path.empty() ? "no file" : source.path.string();
    auto text = std::to_string(source.certificates) + " in " + path + " (" + source.named_by + ')';
    if (source.expired != 0) text += ", " + std::to_string(source.expired) + " of them expired";
    if (source.not_yet_valid != 0) {
        text += ", " + std::to_string(source.not_yet_valid) + " of them not valid yet";
    }
    return source.problem.empty() ? text : text + ": " + source.problem;
}

void print_instance(std::ostream& out, InstanceReport const& report) {
    out << "instance " << report.name << '\n';
    print_detail(out, "vendor", report.vendor);
    print_detail(out, "environment", report.environment);
    print_detail(out, "base URL", report.requests.url);
    print_detail(out, "proxy", describe(report.requests.proxy));
    if (report.tokens) {
        print_detail(out, "token URL", report.tokens->url);
        print_detail(out, "token proxy", describe(report.tokens->proxy));
    }
    auto const credentials = join(report.credentials);
    print_detail(out, "credentials", credentials.empty() ? "none" : credentials + " (present)");
    print_detail(out, "channels", join(report.channels));
    if (!report.trust) {
        print_detail(out, "authorities", "none needed: no TLS");
        return;
    }
    for (auto const& source : report.trust->sources) {
        // Nothing is wrong with one of OpenSSL's own two places being empty.
        bool const says_nothing = source.certificates == 0 && report.trust->certificates() != 0 &&
                                  source.named_by == "default of OpenSSL";
        if (!says_nothing) print_detail(out, "authorities", describe_source(source));
    }
}

void print_warning(std::ostream& out, WarningReport const& report) {
    out << (report.warning.prevents_sending ? "problem" : "warning");
    if (!report.warning.pointer.empty()) out << ' ' << report.warning.pointer;
    if (!report.instances.empty()) out << " (" << join(report.instances) << ')';
    out << ": " << report.warning.message << '\n';
}

}  // namespace

bool CheckReport::prevents_sending() const noexcept {
    return std::any_of(warnings.begin(), warnings.end(), [](WarningReport const& report) {
        return report.warning.prevents_sending;
    });
}

CheckReport make_check_report(
    ClientConfig const& config,
    VendorRegistry const& vendors,
    EnvironmentLookup const& environment,
    Clock::UtcTime now
) {
    CheckReport report;
    report.routes = config.routes;
    for (auto const& instance : config.instances) {
        auto const adapter = vendors.make_adapter(instance).value();
        report.instances.push_back(report_instance(instance, *adapter, environment, now));
    }
    report.warnings = find_warnings(config, report.instances, environment, now);
    return report;
}

boost::json::object check_json(CheckReport const& report) {
    boost::json::array instances;
    for (auto const& instance : report.instances) instances.push_back(instance_json(instance));
    boost::json::array routes;
    for (auto const& route : report.routes) routes.push_back(route_json(route));
    boost::json::array warnings;
    for (auto const& warning : report.warnings) warnings.push_back(warning_json(warning));
    boost::json::object object;
    object["instances"] = std::move(instances);
    object["routes"] = std::move(routes);
    object["warnings"] = std::move(warnings);
    return object;
}

void print_check(std::ostream& out, CheckReport const& report) {
    for (auto const& instance : report.instances) print_instance(out, instance);
    for (auto const& route : report.routes) print_route(out, route);
    for (auto const& warning : report.warnings) print_warning(out, warning);
}

}  // namespace otp::cli
