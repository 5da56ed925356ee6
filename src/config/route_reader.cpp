#include "config/route_reader.hpp"

#include "config/config_keys.hpp"
#include "config/config_name.hpp"
#include "config/object_reader.hpp"
#include "config/route_override.hpp"
#include "config/wording.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>

namespace otp::config {

namespace {

// What to do when an instance leaves open whether a code is on its way. Only the safe way exists.
constexpr auto on_unknown_values = std::to_array<std::string_view>({"stop"});

std::vector<std::string> read_use(ObjectReader const& route) {
    std::vector<std::string> use;
    auto const* value = route.require("use");
    if (value == nullptr) return use;
    auto const* array = value->if_array();
    if (array == nullptr) {
        route.refuse("use", wrong_type("an array of names of instances", *value));
        return use;
    }
    auto const pointer = route.pointer_of("use");
    for (std::size_t i = 0; i < array->size(); ++i) {
        auto const place = append_json_pointer(pointer, std::to_string(i));
        auto const text = plain_text((*array)[i], place, route.violations());
        // An empty place keeps the numbers of the others right.
        use.emplace_back(text.value_or(""));
    }
    return use;
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
    route.use = read_use(*object);
    check_route_use(route.use, object->pointer_of("use"), instances, violations);
    auto const on_unknown = object->text("on_unknown");
    if (on_unknown && *on_unknown != on_unknown_values.front()) {
        object->refuse("on_unknown", unknown_name("value", *on_unknown, on_unknown_values));
    }
    return route;
}

void check_route_use(
    std::span<std::string const> use,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
) {
    if (use.empty()) violations.add_if_new(pointer, "must name at least one instance");
    for (std::size_t i = 0; i < use.size(); ++i) {
        auto const place = append_json_pointer(pointer, std::to_string(i));
        auto const earlier = use.first(i);
        if (std::find(instances.begin(), instances.end(), use[i]) == instances.end()) {
            violations.add_if_new(place, unknown_name("instance", use[i], instances));
        } else if (std::find(earlier.begin(), earlier.end(), use[i]) != earlier.end()) {
            violations.add_if_new(place, in_quotes(use[i]) + " is named more than once");
        }
    }
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
