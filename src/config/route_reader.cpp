#include "config/route_reader.hpp"

#include "config/choice.hpp"
#include "config/config_keys.hpp"
#include "config/config_name.hpp"
#include "config/object_reader.hpp"
#include "config/route_override.hpp"
#include "config/route_rules.hpp"
#include "config/route_use.hpp"
#include "config/setting.hpp"

#include <otp/json_body.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <utility>

namespace otp::config {

namespace {

constexpr auto strategies = std::to_array<RouteStrategy>(
    {RouteStrategy::in_order, RouteStrategy::round_robin, RouteStrategy::weighted}
);

constexpr auto on_unknown_choices =
    std::to_array<OnUnknown>({OnUnknown::stop, OnUnknown::retry_if_documented, OnUnknown::failover}
    );

constexpr auto counts = std::to_array<IntegerSetting<RouteConfig, std::size_t>>(
    {{"max_attempts", &RouteConfig::max_attempts, {1, 20}}}
);

std::string rule_use_pointer(std::string const& pointer, std::size_t index) {
    auto const rules = append_json_pointer(pointer, "rules");
    return append_json_pointer(append_json_pointer(rules, std::to_string(index)), "use");
}

// Of what the configuration itself says: a variable of the environment leaves weights that are for
// instances it does not name.
void check_all_weights(
    RouteConfig const& route, std::string const& pointer, Violations& violations
) {
    auto const& replaced = route.environment_override;
    auto const& use = replaced ? replaced->configured_use : route.use;
    auto const& rules = replaced ? replaced->configured_rules : route.rules;
    check_route_weights(
        use, route.weights, route.strategy, append_json_pointer(pointer, "use"), violations
    );
    for (std::size_t i = 0; i < rules.size(); ++i) {
        check_route_weights(
            rules[i].use, rules[i].weights, route.strategy, rule_use_pointer(pointer, i), violations
        );
    }
}

}  // namespace

RouteConfig read_route(
    std::string_view name,
    boost::json::value const& value,
    std::span<std::string_view const> instances,
    Violations& violations
) {
    RouteConfig route;
    route.name = std::string(name);
    auto const pointer = append_json_pointer("/routes", name);
    if (auto const mistake = name_mistake(name)) violations.add(pointer, mistake->text);
    auto const object = ObjectReader::open(value, pointer, route_keys, violations);
    if (!object) return route;
    auto const strategy = read_choice(*object, "strategy", "strategy", strategies);
    route.strategy = strategy.value_or(route.strategy);
    auto use = read_route_use(*object, instances);
    route.use = std::move(use.names);
    route.weights = std::move(use.weights);
    route.rules = read_route_rules(*object, instances);
    warn_of_unreachable_rules(route.rules, object->pointer_of("rules"), violations);
    route.on_unknown =
        read_choice(*object, "on_unknown", "value", on_unknown_choices).value_or(route.on_unknown);
    read_settings(*object, counts, route);
    // Whether weights count is not known where the strategy is not.
    if (strategy || object->find("strategy") == nullptr) {
        check_all_weights(route, pointer, violations);
    }
    return route;
}

void check_route(
    RouteConfig const& route,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
) {
    auto const use = append_json_pointer(pointer, "use");
    auto const rules = append_json_pointer(pointer, "rules");
    check_route_use(route.use, use, instances, violations);
    check_route_rules(route.rules, rules, instances, violations);
    if (auto const& replaced = route.environment_override) {
        check_route_use(replaced->configured_use, use, instances, violations);
        check_route_rules(replaced->configured_rules, rules, instances, violations);
    }
    check_all_weights(route, pointer, violations);
    check_settings(counts, route, pointer, violations);
}

void check_route_variables(std::span<RouteConfig const> routes, Violations& violations) {
    std::map<std::string, std::string> first_pointers;
    for (auto const& route : routes) {
        auto const variable = route_variable(route.name);
        auto const pointer = append_json_pointer("/routes", route.name);
        auto const [first, is_first] = first_pointers.emplace(variable, pointer);
        if (!is_first && first->second != pointer) {
            violations.add(
                pointer,
                "has the same environment variable as " + first->second + ", " + variable +
                    ": rename one of them"
            );
        }
    }
}

std::vector<std::string_view> instance_names(ClientConfig const& config) {
    std::vector<std::string_view> names;
    names.reserve(config.instances.size());
    for (auto const& instance : config.instances) names.emplace_back(instance.name);
    return names;
}

}  // namespace otp::config
