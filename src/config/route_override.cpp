#include "config/route_override.hpp"

#include "config/route_reader.hpp"
#include "config/route_use.hpp"
#include "config/wording.hpp"
#include "model/ascii.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <span>
#include <utility>

namespace otp::config {

namespace {

constexpr std::string_view variable_prefix = "OTP_ROUTE_";

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> names;
    while (true) {
        auto const comma = text.find(',');
        names.emplace_back(model::trim(text.substr(0, comma)));
        if (comma == text.npos) return names;
        text.remove_prefix(comma + 1);
    }
}

bool is_blank(std::string_view text) {
    return model::trim(text).empty();
}

void apply_override(
    RouteConfig& route,
    EnvironmentLookup const& environment,
    std::span<std::string_view const> instances,
    Violations& violations
) {
    if (route.environment_override) {
        route.use = std::move(route.environment_override->configured_use);
        route.rules = std::move(route.environment_override->configured_rules);
        route.environment_override.reset();
    }
    auto variable = route_variable(route.name);
    auto const value = environment ? environment(variable) : std::nullopt;
    if (!value || is_blank(*value)) return;
    auto use = split(*value);
    Violations found;
    auto const pointer = append_json_pointer(append_json_pointer("/routes", route.name), "use");
    check_route_use(use, pointer, instances, found);
    if (auto const error = found.take_error(variable)) {
        for (auto const& violation : error->violations) {
            violations.add(violation.pointer, variable + ": " + violation.message);
        }
        return;
    }
    route.environment_override = RouteOverride{
        std::move(variable),
        std::exchange(route.use, std::move(use)),
        std::exchange(route.rules, {})};
}

bool may_be_meant_for_a_route(std::string_view variable) {
    return variable.size() >= variable_prefix.size() &&
           std::equal(
               variable_prefix.begin(),
               variable_prefix.end(),
               variable.begin(),
               [](char wanted, char c) { return c == wanted || model::to_upper(c) == wanted; }
           );
}

// A misspelt variable would be passed over, and codes would go through the wrong vendor.
void refuse_variables_of_no_route(
    ClientConfig const& config,
    EnvironmentLookup const& environment,
    EnvironmentNames const& names,
    Violations& violations
) {
    std::vector<std::string> variables;
    for (auto const& route : config.routes) variables.push_back(route_variable(route.name));
    std::vector<std::string_view> const known(variables.begin(), variables.end());
    for (auto const& name : names()) {
        if (!may_be_meant_for_a_route(name) ||
            std::find(known.begin(), known.end(), name) != known.end()) {
            continue;
        }
        auto const value = environment(name);
        if (value && !is_blank(*value)) {
            violations.add("/routes", unknown_name("route's variable", name, known));
        }
    }
}

}  // namespace

std::string route_variable(std::string_view route) {
    std::string name(variable_prefix);
    for (char const c : route) name += model::is_alphanumeric(c) ? model::to_upper(c) : '_';
    return name;
}

void apply_route_overrides(
    ClientConfig& config,
    EnvironmentLookup const& environment,
    EnvironmentNames const& names,
    Violations& violations
) {
    auto const instances = instance_names(config);
    for (auto& route : config.routes) apply_override(route, environment, instances, violations);
    if (environment && names) refuse_variables_of_no_route(config, environment, names, violations);
}

}  // namespace otp::config
