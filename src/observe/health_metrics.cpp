#include "observe/exposition.hpp"

#include <otp/observe/health_metrics.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace otp {

namespace {

/// One for each name: a series that stands there twice makes the whole text unreadable.
using Instances = std::map<std::string_view, InstanceHealth const*>;

Instances by_name(std::span<InstanceHealth const> instances) {
    Instances first;
    for (auto const& health : instances) first.try_emplace(health.instance, &health);
    return first;
}

std::string instance_label(InstanceHealth const& health) {
    std::string labels;
    observe::append_label(labels, "instance", health.instance);
    return labels;
}

/// A state set: 1 for the state that the breaker is in, 0 for all others.
void append_states(std::string& text, std::string_view name, InstanceHealth const& health) {
    for (auto const state :
         {BreakerState::closed,
          BreakerState::half_open,
          BreakerState::isolated,
          BreakerState::open}) {
        auto labels = instance_label(health);
        observe::append_label(labels, "state", to_string(state));
        observe::append_sample(text, name, labels, health.breaker == state ? "1" : "0");
    }
}

std::string resting_text(InstanceHealth const& health) {
    auto const left = health.rests_for.value_or(std::chrono::milliseconds(0)).count();
    return observe::seconds_text(static_cast<std::uint64_t>(std::max<std::int64_t>(left, 0)), 3);
}

void append_count(
    std::string& text,
    Instances const& shown,
    std::string_view name,
    std::string_view help,
    std::size_t ConnectionCounts::*count
) {
    observe::append_head(text, name, help, "gauge");
    for (auto const& [instance, health] : shown) {
        if (!health->connections) continue;
        auto const value = std::to_string(*health->connections.*count);
        observe::append_sample(text, name, instance_label(*health), value);
    }
}

/// Nothing if no instance has connections.
void append_connections(std::string& text, Instances const& shown) {
    bool const has_any = std::ranges::any_of(shown, [](auto const& one) {
        return one.second->connections.has_value();
    });
    if (!has_any) return;
    auto const append = [&](std::string_view name, std::string_view help, auto count) {
        append_count(text, shown, name, help, count);
    };
    append(
        "otp_pool_idle_connections",
        "Open connections that have no request.",
        &ConnectionCounts::idle
    );
    append(
        "otp_pool_open_connections",
        "Connections, with a request or without.",
        &ConnectionCounts::open
    );
    append(
        "otp_pool_opening_connections",
        "Connections that are being opened.",
        &ConnectionCounts::opening
    );
    append(
        "otp_pool_waiting_requests",
        "Requests that wait for a connection.",
        &ConnectionCounts::waiting
    );
}

}  // namespace

void append_health(std::string& text, std::span<InstanceHealth const> instances) {
    auto const shown = by_name(instances);
    if (shown.empty()) return;

    auto const append_gauge = [&](std::string_view name, std::string_view help, auto const& value) {
        observe::append_head(text, name, help, "gauge");
        for (auto const& [instance, health] : shown) {
            observe::append_sample(text, name, instance_label(*health), value(*health));
        }
    };

    auto const* const states = "otp_breaker_state";
    observe::append_head(text, states, "1 for the state that the breaker is in.", "gauge");
    for (auto const& [instance, health] : shown) append_states(text, states, *health);

    append_gauge(
        "otp_instance_usable",
        "Whether a request would be let through to the instance.",
        [](auto const& health) { return health.usable() ? "1" : "0"; }
    );
    append_connections(text, shown);
    append_gauge(
        "otp_resting_seconds", "For how long the instance is left alone yet.", resting_text
    );
    append_gauge("otp_retry_budget_left", "What is left for retries.", [](auto const& health) {
        return std::to_string(health.budget_left);
    });
}

}  // namespace otp
