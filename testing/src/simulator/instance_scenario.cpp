#include "simulator/instance_scenario.hpp"

#include "simulator/simulator_adapter.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace otp::testing::simulator {

namespace {

constexpr std::string_view pointer = "/options/scenario";

/// Each mistake of the file, at the option that names it.
Error in_file(std::string const& file, Error const& found) {
    auto const name = std::filesystem::path(file).filename().string();
    std::vector<FieldViolation> violations;
    for (auto const& [place, message] : found.violations) {
        violations.push_back({std::string(pointer), name + ": " + place + ' ' + message});
    }
    if (violations.empty()) {
        violations.push_back({std::string(pointer), name + ' ' + found.message});
    }
    return field_errors(ErrorCategory::config_invalid, std::move(violations));
}

}  // namespace

Result<Scenario> scenario_of(InstanceConfig const& instance) {
    auto const given = instance.options.find(scenario_option);
    if (given == instance.options.end()) return Scenario::built_in();
    auto scenario = read_scenario(given->second);
    if (!scenario) return in_file(given->second, scenario.error());
    return scenario;
}

std::optional<ShowCodes> parse_show_codes(std::string_view text) {
    if (text == "stderr") return ShowCodes::standard_error;
    if (text == "receipt") return ShowCodes::receipt;
    return std::nullopt;
}

ShowCodes show_codes_of(InstanceConfig const& instance) {
    auto const given = instance.options.find(show_codes_option);
    if (given == instance.options.end()) return ShowCodes::nobody;
    return parse_show_codes(given->second).value_or(ShowCodes::nobody);
}

}  // namespace otp::testing::simulator
