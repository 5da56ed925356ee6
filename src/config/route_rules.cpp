#include "config/route_rules.hpp"

#include "config/config_keys.hpp"
#include "config/route_condition.hpp"
#include "config/route_use.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace otp::config {

namespace {

std::string item_pointer(std::string const& pointer, std::size_t index) {
    return append_json_pointer(pointer, std::to_string(index));
}

RouteRule read_rule(
    boost::json::value const& value,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
) {
    RouteRule rule;
    auto const object = ObjectReader::open(value, pointer, rule_keys, violations);
    if (!object) return rule;
    read_route_condition(*object, rule);
    auto use = read_route_use(*object, instances);
    rule.use = std::move(use.names);
    rule.weights = std::move(use.weights);
    return rule;
}

}  // namespace

std::vector<RouteRule> read_route_rules(
    ObjectReader const& route, std::span<std::string_view const> instances
) {
    std::vector<RouteRule> rules;
    auto const* value = route.find("rules");
    if (value == nullptr) return rules;
    auto const* array = value->if_array();
    if (array == nullptr) {
        route.refuse("rules", wrong_type("an array of rules", *value));
        return rules;
    }
    auto const pointer = route.pointer_of("rules");
    for (auto const& item : *array) {
        rules.push_back(
            read_rule(item, item_pointer(pointer, rules.size()), instances, route.violations())
        );
    }
    return rules;
}

void check_route_rules(
    std::span<RouteRule const> rules,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        auto const place = item_pointer(pointer, i);
        check_route_condition(rules[i], append_json_pointer(place, "when"), violations);
        check_route_use(rules[i].use, append_json_pointer(place, "use"), instances, violations);
    }
}

void warn_of_unreachable_rules(
    std::span<RouteRule const> rules, std::string const& pointer, Violations& violations
) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
        auto const earlier = rules.first(i);
        auto const found = std::find_if(
            earlier.begin(),
            earlier.end(),
            [&later = rules[i]](RouteRule const& rule) { return holds_for_all_of(rule, later); }
        );
        if (found == earlier.end()) continue;
        auto const index = static_cast<std::size_t>(found - earlier.begin());
        violations.warn(
            item_pointer(pointer, i),
            "never applies: " + item_pointer(pointer, index) +
                " comes before it and holds for the same requests"
        );
    }
}

}  // namespace otp::config
