#include "health_report.hpp"

#include "connection_output.hpp"
#include "output.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <sstream>
#include <string_view>
#include <utility>

namespace otp::cli {

namespace {

using Names = std::vector<std::string>;

[[nodiscard]] bool has_reachable(HealthReport const& report, Names const& use) noexcept {
    return std::ranges::any_of(use, [&report](std::string const& name) {
        return report.is_reachable(name);
    });
}

[[nodiscard]] std::string vendor_of(HealthReport const& report, std::string const& instance) {
    auto const& all = report.connections;
    auto const found = std::ranges::find(all, instance, &ConnectionReport::instance);
    return found == all.end() ? "" : found->vendor;
}

[[nodiscard]] boost::json::array instances_json(HealthReport const& report, Names const& use) {
    boost::json::array instances;
    for (auto const& name : use) {
        boost::json::object object;
        object["instance"] = name;
        object["vendor"] = text_or_null(vendor_of(report, name));
        object["reachable"] = report.is_reachable(name);
        instances.push_back(std::move(object));
    }
    return instances;
}

[[nodiscard]] boost::json::array rules_json(HealthReport const& report, RouteConfig const& route) {
    boost::json::array rules;
    for (std::size_t number = 0; number < route.rules.size(); ++number) {
        auto const& use = route.rules[number].use;
        boost::json::object object;
        object["rule"] = number;
        object["usable"] = has_reachable(report, use);
        object["instances"] = instances_json(report, use);
        rules.push_back(std::move(object));
    }
    return rules;
}

[[nodiscard]] boost::json::object route_json(HealthReport const& report, RouteConfig const& route) {
    boost::json::object object;
    object["route"] = route.name;
    object["usable"] = report.is_usable(route);
    object["instances"] = instances_json(report, route.use);
    object["rules"] = rules_json(report, route);
    return object;
}

/// `stytch-us, eko; not spherepay`, or `nobody; not spherepay`.
[[nodiscard]] std::string describe_use(HealthReport const& report, Names const& use) {
    Names reached;
    Names lost;
    for (auto const& name : use) (report.is_reachable(name) ? reached : lost).push_back(name);
    auto text = reached.empty() ? "nobody" : join(reached);
    return lost.empty() ? text : text + "; not " + join(lost);
}

void print_route(std::ostream& out, HealthReport const& report, RouteConfig const& route) {
    out << "route " << route.name << (report.is_usable(route) ? ": usable" : ": not usable")
        << '\n';
    print_detail(out, "reached", describe_use(report, route.use));
    for (std::size_t number = 0; number < route.rules.size(); ++number) {
        auto const name = "by rule " + std::to_string(number);
        print_detail(out, name, describe_use(report, route.rules[number].use));
    }
}

[[nodiscard]] std::string verdict(HealthReport const& report) {
    if (report.routes.empty()) return verdict_on_connections(report.connections);
    Names lost;
    for (auto const& route : report.routes) {
        if (!report.is_usable(route)) lost.push_back(route.name);
    }
    if (lost.empty()) return "Every route has an instance that can be reached";
    return "No instance can be reached for " + join(lost);
}

}  // namespace

bool HealthReport::is_reachable(std::string const& instance) const noexcept {
    bool is_tried = false;
    for (auto const& connection : connections) {
        if (connection.instance != instance) continue;
        if (connection.failure) return false;
        is_tried = true;
    }
    return is_tried;
}

bool HealthReport::is_usable(RouteConfig const& route) const noexcept {
    return has_reachable(*this, route.use) &&
           std::ranges::all_of(route.rules, [this](RouteRule const& rule) {
               return has_reachable(*this, rule.use);
           });
}

bool HealthReport::ok() const noexcept {
    if (routes.empty()) return failed_connections(connections) == 0;
    return std::ranges::all_of(routes, [this](RouteConfig const& route) {
        return is_usable(route);
    });
}

boost::json::object health_json(HealthReport const& report) {
    boost::json::array routes;
    for (auto const& route : report.routes) routes.push_back(route_json(report, route));
    boost::json::object object;
    object["ok"] = report.ok();
    object["routes"] = std::move(routes);
    object["connections"] = connections_json(report.connections, report.now);
    return object;
}

std::string health_text(HealthReport const& report) {
    std::ostringstream out;
    print_connections(out, report.connections, report.now);
    for (auto const& route : report.routes) print_route(out, report, route);
    out << verdict(report) << "; no request was sent.\n";
    return std::move(out).str();
}

}  // namespace otp::cli
