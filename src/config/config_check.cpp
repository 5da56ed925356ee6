#include "config/config_check.hpp"

#include "config/base_url.hpp"
#include "config/config_name.hpp"
#include "config/delivery_config.hpp"
#include "config/duration_text.hpp"
#include "config/http_limits.hpp"
#include "config/proxy_config.hpp"
#include "config/recording_keys.hpp"
#include "config/route_reader.hpp"
#include "config/tls_config.hpp"
#include "config/violations.hpp"

#include <otp/json_body.hpp>
#include <otp/secret_text.hpp>

#include <set>
#include <string>
#include <string_view>

namespace otp::config {

namespace {

void check_name(
    std::string_view name,
    std::set<std::string_view>& earlier,
    std::string const& pointer,
    Violations& violations
) {
    if (auto const mistake = name_mistake(name)) violations.add(pointer, mistake->text);
    if (!earlier.insert(name).second) violations.add(pointer, "is given more than once");
}

void check_credentials(
    InstanceConfig const& instance, std::string const& pointer, Violations& violations
) {
    for (auto const& [name, secret] : instance.credentials) {
        auto const problem = secret_text_problem(secret.reveal(), name);
        if (!problem.empty()) {
            violations.add(append_json_pointer(pointer, name), std::string(problem));
        }
    }
}

void check_instance(
    InstanceConfig const& instance, std::string const& pointer, Violations& violations
) {
    if (instance.vendor.empty()) {
        violations.add(append_json_pointer(pointer, "vendor"), "is missing");
    }
    if (instance.base_url) {
        auto const checked = check_base_url(*instance.base_url);
        if (!checked) {
            violations.add(append_json_pointer(pointer, "base_url"), checked.error().text);
        } else if (*checked != *instance.base_url) {
            violations.add(append_json_pointer(pointer, "base_url"), "must not end with /");
        }
    }
    check_credentials(instance, append_json_pointer(pointer, "credentials"), violations);
    check_tls_config(instance.tls, append_json_pointer(pointer, "tls"), violations);
    check_http_limits(instance.limits, pointer, violations);
    check_delivery_config(instance.delivery, pointer, violations);
    if (instance.proxy) {
        check_proxy_config(*instance.proxy, append_json_pointer(pointer, "proxy"), violations);
    }
    check_recording_keys(instance, pointer, violations);
}

}  // namespace

std::optional<Error> check_config(ClientConfig const& config) {
    Violations violations;
    if (auto const mistake = range_mistake(config.deadline, any_timeout)) {
        violations.add("/defaults/deadline", mistake->text);
    }
    if (config.instances.empty()) violations.add("/instances", "must hold at least one instance");
    std::set<std::string_view> instances_seen;
    for (auto const& instance : config.instances) {
        auto const pointer = append_json_pointer("/instances", instance.name);
        check_name(instance.name, instances_seen, pointer, violations);
        check_instance(instance, pointer, violations);
    }
    auto const names = instance_names(config);
    std::set<std::string_view> routes_seen;
    for (auto const& route : config.routes) {
        auto const pointer = append_json_pointer("/routes", route.name);
        check_name(route.name, routes_seen, pointer, violations);
        check_route(route, pointer, names, violations);
    }
    check_route_variables(config.routes, violations);
    return violations.take_error("the configuration");
}

}  // namespace otp::config
