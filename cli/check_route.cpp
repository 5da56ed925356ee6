#include "check_route.hpp"

#include "output.hpp"

#include <boost/json/array.hpp>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace otp::cli {

namespace {

using Names = std::vector<std::string>;

[[nodiscard]] std::uint32_t weight_of(InstanceWeights const& weights, std::string const& name) {
    auto const found = weights.find(name);
    return found == weights.end() ? 1 : found->second;
}

/// Null where the strategy asks for none.
[[nodiscard]] boost::json::value weights_json(
    RouteConfig const& route, Names const& use, InstanceWeights const& weights
) {
    if (route.strategy != RouteStrategy::weighted) return nullptr;
    boost::json::object object;
    for (auto const& name : use) object[name] = weight_of(weights, name);
    return object;
}

[[nodiscard]] boost::json::array rules_json(
    RouteConfig const& route, std::vector<RouteRule> const& rules
) {
    boost::json::array array;
    for (auto const& rule : rules) {
        boost::json::object object;
        object["phone_prefix"] = texts_json(rule.phone_prefixes);
        object["channel"] = texts_json(channel_names(rule.channels));
        object["use"] = texts_json(rule.use);
        object["weights"] = weights_json(route, rule.use, rule.weights);
        array.push_back(std::move(object));
    }
    return array;
}

/// `a, then b`; by their weights `a (weight 3), b (weight 1)`, and of a rotation `a, b`.
[[nodiscard]] std::string describe_use(
    RouteConfig const& route, Names const& use, InstanceWeights const& weights
) {
    if (route.strategy == RouteStrategy::in_order) return join(use, ", then ");
    if (route.strategy == RouteStrategy::round_robin) return join(use);
    Names weighted;
    for (auto const& name : use) {
        weighted.push_back(name + " (weight " + std::to_string(weight_of(weights, name)) + ')');
    }
    return join(weighted);
}

/// `a, then b (OTP_ROUTE_LOGIN; the file says c)`.
[[nodiscard]] std::string describe_own_use(RouteConfig const& route) {
    auto const text = describe_use(route, route.use, route.weights);
    auto const& override_by = route.environment_override;
    if (!override_by) return text;
    return text + " (" + override_by->variable + "; the file says " +
           describe_use(route, override_by->configured_use, route.weights) + ')';
}

/// `phone +91 or +92, channel sms: eko, then stytch-us`.
[[nodiscard]] std::string describe_rule(RouteConfig const& route, RouteRule const& rule) {
    Names conditions;
    if (!rule.phone_prefixes.empty()) {
        conditions.push_back("phone " + join(rule.phone_prefixes, " or "));
    }
    if (!rule.channels.empty()) {
        conditions.push_back("channel " + join(channel_names(rule.channels), " or "));
    }
    return join(conditions) + ": " + describe_use(route, rule.use, rule.weights);
}

void print_rules(std::ostream& out, RouteConfig const& route) {
    for (std::size_t number = 0; number < route.rules.size(); ++number) {
        print_detail(
            out, "rule " + std::to_string(number), describe_rule(route, route.rules[number])
        );
    }
    auto const& override_by = route.environment_override;
    if (!override_by || override_by->configured_rules.empty()) return;
    print_detail(out, "rules", "none (" + override_by->variable + " takes the file's away)");
}

/// What an attempt is followed by that leaves open whether a code is on its way.
[[nodiscard]] std::string describe_on_unknown(OnUnknown choice) {
    std::string const name(to_string(choice));
    return choice == OnUnknown::failover ? name + ", so two codes may arrive" : name;
}

}  // namespace

boost::json::object route_json(RouteConfig const& route) {
    auto const& override_by = route.environment_override;
    boost::json::object object;
    object["name"] = route.name;
    object["use"] = texts_json(route.use);
    object["variable"] = text_or_null(override_by ? override_by->variable : "");
    object["configured_use"] = texts_json(override_by ? override_by->configured_use : route.use);
    object["strategy"] = to_string(route.strategy);
    object["weights"] = weights_json(route, route.use, route.weights);
    object["rules"] = rules_json(route, route.rules);
    object["configured_rules"] =
        rules_json(route, override_by ? override_by->configured_rules : route.rules);
    object["on_unknown"] = to_string(route.on_unknown);
    object["max_attempts"] = route.max_attempts;
    return object;
}

void print_route(std::ostream& out, RouteConfig const& route) {
    RouteConfig const defaults;
    out << "route " << route.name << '\n';
    print_detail(out, "use", describe_own_use(route));
    if (route.strategy != defaults.strategy) {
        print_detail(out, "strategy", to_string(route.strategy));
    }
    print_rules(out, route);
    if (route.on_unknown != defaults.on_unknown) {
        print_detail(out, "on unknown", describe_on_unknown(route.on_unknown));
    }
    if (route.max_attempts != defaults.max_attempts) {
        print_detail(out, "max attempts", std::to_string(route.max_attempts));
    }
}

}  // namespace otp::cli
