#include "config/no_proxy.hpp"
#include "config/proxy_config.hpp"
#include "config/proxy_url.hpp"
#include "model/ascii.hpp"

#include <otp/http_url.hpp>
#include <otp/proxy_choice.hpp>

#include <array>
#include <utility>

namespace otp {

namespace {

using Environment = std::function<std::optional<std::string>(std::string const& name)>;

struct Variable {
    std::string name;
    std::string value;
};

/// The first of the two that is not empty, as Go looks for them.
std::optional<Variable> find_variable(Environment const& environment, std::string_view capitals) {
    for (auto const& name : {std::string(capitals), model::lower_case(capitals)}) {
        if (auto value = environment(name); value && !value->empty()) {
            return Variable{name, std::move(*value)};
        }
    }
    return std::nullopt;
}

Error unusable(std::string const& variable, std::string const& reason) {
    return Error(ErrorCategory::config_invalid, "the environment's " + variable + ' ' + reason);
}

ProxyChoice configured(ProxyConfig proxy) {
    // The configuration was checked; one that was made in code may have the host in brackets.
    if (auto const host = Host::parse(proxy.host)) proxy.host = host->lookup_name();
    ProxyChoice choice(ProxyReason::configured);
    choice.proxy = std::move(proxy);
    return choice;
}

Result<ProxyChoice> choose_from(Environment const& environment, HttpUrl const& url) {
    auto proxy_variable = find_variable(environment, "HTTPS_PROXY");
    if (!proxy_variable) return ProxyChoice(ProxyReason::none);
    if (url.host().is_loopback()) return ProxyChoice(ProxyReason::loopback);
    if (auto const variable = find_variable(environment, "NO_PROXY")) {
        auto const list = config::NoProxy::parse(variable->value);
        if (!list) return unusable(variable->name, list.error().text);
        if (auto const entry = list->find(url.host(), url.port())) {
            ProxyChoice choice(ProxyReason::no_proxy);
            choice.variable = variable->name;
            choice.entry = *entry;
            return choice;
        }
    }
    auto proxy = config::read_proxy_url(proxy_variable->value);
    wipe_memory(proxy_variable->value.data(), proxy_variable->value.size());
    if (!proxy) return unusable(proxy_variable->name, proxy.error().text);
    ProxyChoice choice(ProxyReason::environment);
    choice.proxy = std::move(*proxy);
    choice.variable = std::move(proxy_variable->name);
    return choice;
}

}  // namespace

std::string_view to_string(ProxyReason reason) noexcept {
    constexpr std::array<std::string_view, 5> names{
        "none", "configured", "environment", "no_proxy", "loopback"};
    return names.at(static_cast<std::size_t>(reason));
}

std::string describe(ProxyChoice const& choice) {
    switch (choice.reason) {
        case ProxyReason::none:
            return "none";
        case ProxyReason::loopback:
            return "none (this machine)";
        case ProxyReason::no_proxy:
            return "none (" + choice.variable + ", entry " + std::to_string(choice.entry) + ')';
        case ProxyReason::configured:
        case ProxyReason::environment:
            break;
    }
    auto const host = Host::parse(choice.proxy->host);
    return (host ? host->bracketed() : choice.proxy->host) + ':' +
           std::to_string(choice.proxy->port) +
           (choice.variable.empty() ? " (configured)" : " (" + choice.variable + ')');
}

Result<ProxyChoice> choose_proxy(
    InstanceConfig const& instance, std::string_view url, Environment const& environment
) {
    auto const target = HttpUrl::parse_endpoint(url);
    if (!target) {
        return Error(
            ErrorCategory::config_invalid,
            "its address cannot be used: it " + target.error().message
        );
    }
    if (!target->is_https()) return ProxyChoice(ProxyReason::loopback);
    if (auto proxy = config::clone_proxy_config(instance.proxy)) {
        return configured(std::move(*proxy));
    }
    if (instance.ignore_proxy_environment || !environment) return ProxyChoice(ProxyReason::none);
    return choose_from(environment, *target);
}

}  // namespace otp
