#include "config/route_use.hpp"

#include "config/config_keys.hpp"
#include "config/number_range.hpp"
#include "config/wording.hpp"

#include <otp/json_body.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace otp::config {

namespace {

constexpr IntegerRange weight_range{1, 1000};

// A name of an instance, with the place that speaks of it, and its weight if it has one.
struct UsedInstance {
    std::string name;
    std::string place;
    std::optional<std::uint32_t> weight;
};

std::optional<UsedInstance> read_weighted_instance(
    boost::json::value const& value, std::string const& place, Violations& violations
) {
    auto const object = ObjectReader::open(value, place, weighted_instance_keys, violations);
    if (!object) return std::nullopt;
    auto const weight = object->require("weight") == nullptr
                            ? std::nullopt
                            : object->integer("weight", weight_range);
    auto const name =
        object->require("instance") == nullptr ? std::nullopt : object->text("instance");
    if (!name) return std::nullopt;
    UsedInstance used{std::string(*name), object->pointer_of("instance"), {}};
    if (weight) used.weight = static_cast<std::uint32_t>(*weight);
    return used;
}

std::optional<UsedInstance> read_used_instance(
    boost::json::value const& value, std::string const& place, Violations& violations
) {
    if (value.is_object()) return read_weighted_instance(value, place, violations);
    if (!value.is_string()) {
        violations.add(
            place,
            wrong_type("the name of an instance, or an object with instance and weight", value)
        );
        return std::nullopt;
    }
    auto const name = plain_text(value, place, violations);
    if (!name) return std::nullopt;
    return UsedInstance{std::string(*name), place, {}};
}

// Of the last one of `use`.
std::optional<Mistake> name_mistake(
    std::span<std::string const> use, std::span<std::string_view const> instances
) {
    auto const& name = use.back();
    auto const earlier = use.first(use.size() - 1);
    if (std::find(instances.begin(), instances.end(), name) == instances.end()) {
        return Mistake{unknown_name("instance", name, instances)};
    }
    if (std::find(earlier.begin(), earlier.end(), name) != earlier.end()) {
        return Mistake{in_quotes(name) + " is named more than once"};
    }
    return std::nullopt;
}

std::string weight_pointer(std::string const& pointer, std::size_t index) {
    return append_json_pointer(append_json_pointer(pointer, std::to_string(index)), "weight");
}

constexpr std::string_view nothing_used = "must name at least one instance";

}  // namespace

RouteUse read_route_use(ObjectReader const& object, std::span<std::string_view const> instances) {
    RouteUse use;
    auto const* value = object.require("use");
    if (value == nullptr) return use;
    auto const* array = value->if_array();
    if (array == nullptr) {
        object.refuse("use", wrong_type("an array of names of instances", *value));
        return use;
    }
    if (array->empty()) object.refuse("use", std::string(nothing_used));
    auto const pointer = object.pointer_of("use");
    for (std::size_t i = 0; i < array->size(); ++i) {
        auto const place = append_json_pointer(pointer, std::to_string(i));
        auto const used = read_used_instance((*array)[i], place, object.violations());
        // An empty one keeps the numbers of the others right.
        use.names.push_back(used ? used->name : std::string());
        if (!used) continue;
        if (auto const mistake = name_mistake(use.names, instances)) {
            object.violations().add(used->place, mistake->text);
        }
        if (used->weight) use.weights.emplace(used->name, *used->weight);
    }
    return use;
}

void check_route_use(
    std::span<std::string const> use,
    std::string const& pointer,
    std::span<std::string_view const> instances,
    Violations& violations
) {
    if (use.empty()) violations.add_if_new(pointer, std::string(nothing_used));
    for (std::size_t i = 0; i < use.size(); ++i) {
        if (auto const mistake = name_mistake(use.first(i + 1), instances)) {
            violations.add_if_new(append_json_pointer(pointer, std::to_string(i)), mistake->text);
        }
    }
}

void check_route_weights(
    std::span<std::string const> use,
    InstanceWeights const& weights,
    RouteStrategy strategy,
    std::string const& pointer,
    Violations& violations
) {
    bool is_told = strategy == RouteStrategy::weighted;
    for (std::size_t i = 0; i < use.size(); ++i) {
        auto const weight = weights.find(use[i]);
        if (weight == weights.end()) continue;
        if (auto const mistake = range_mistake(weight->second, weight_range)) {
            violations.add_if_new(weight_pointer(pointer, i), mistake->text);
        }
        if (!is_told) {
            violations.add_if_new(
                weight_pointer(pointer, i),
                "weights count only with strategy weighted, and the route's is " +
                    std::string(to_string(strategy))
            );
            is_told = true;  // the same mistake for all of them
        }
    }
    for (auto const& [name, weight] : weights) {
        if (std::find(use.begin(), use.end(), name) == use.end()) {
            violations.add_if_new(
                pointer, "has a weight for " + in_quotes(name) + ", which it does not use"
            );
        }
    }
}

}  // namespace otp::config
