#include "config/route_override.hpp"

#include "config/route_reader.hpp"
#include "config/violations.hpp"

#include <otp/json_body.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace otp::config {

namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    auto const begin = text.find_first_not_of(blanks);
    if (begin == text.npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> names;
    while (true) {
        auto const comma = text.find(',');
        names.emplace_back(trimmed(text.substr(0, comma)));
        if (comma == text.npos) {
            return names;
        }
        text.remove_prefix(comma + 1);
    }
}

}  // namespace

std::string route_variable(std::string_view route) {
    std::string name = "OTP_ROUTE_";
    for (char const c : route) {
        if (c >= 'a' && c <= 'z') {
            name += static_cast<char>(c - 'a' + 'A');
        } else {
            name += (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
        }
    }
    return name;
}

std::optional<Error> apply_route_overrides(
    ClientConfig& config,
    std::function<std::optional<std::string>(std::string const& name)> const& environment
) {
    if (!environment) {
        return std::nullopt;
    }
    auto const instances = instance_names(config);
    std::vector<std::pair<std::size_t, std::vector<std::string>>> overrides;
    std::string variables;
    std::vector<FieldViolation> mistakes;
    for (std::size_t i = 0; i < config.routes.size(); ++i) {
        auto const& route = config.routes[i];
        auto const variable = route_variable(route.name);
        auto const value = environment(variable);
        if (!value || trimmed(*value).empty()) {
            continue;
        }
        auto use = split(*value);
        auto const pointer = append_json_pointer(append_json_pointer("/routes", route.name), "use");
        Violations violations;
        check_route_use(use, pointer, instances, violations);
        if (auto const error = violations.take_error(variable)) {
            variables += (variables.empty() ? "" : ", ") + variable;
            for (auto const& violation : error->violations) {
                mistakes.push_back({violation.pointer, variable + ": " + violation.message});
            }
        }
        overrides.emplace_back(i, std::move(use));
    }
    if (!mistakes.empty()) {
        Error error(
            ErrorCategory::config_invalid, "the environment overrides routes wrongly: " + variables
        );
        error.violations = std::move(mistakes);
        return error;
    }
    for (auto& [index, use] : overrides) {
        config.routes[index].use = std::move(use);
    }
    return std::nullopt;
}

}  // namespace otp::config
