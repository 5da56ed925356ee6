#include "delivery/roster/roster.hpp"

#include <otp/http_url.hpp>

#include <algorithm>
#include <utility>

namespace otp::delivery {

namespace {

std::string_view name_of(std::shared_ptr<Instance> const& instance) noexcept {
    return instance->config.name;
}

/// Of two base URLs that transports were made for.
bool same_origin(std::string_view left, std::string_view right) {
    auto const a = HttpUrl::parse_endpoint(left);
    auto const b = HttpUrl::parse_endpoint(right);
    return a && b && a->origin() == b->origin();
}

}  // namespace

Roster::Roster(
    std::vector<std::shared_ptr<Instance>> instances, std::vector<RouteConfig> const& routes
)
    : instances_(std::move(instances)) {
    std::ranges::sort(instances_, {}, name_of);
    for (auto const& route : routes) {
        routes_.try_emplace(route.name, route, [this](std::string_view name) {
            return *find(name);
        });
    }
}

Route const* Roster::route(std::string_view name) const {
    auto const found = routes_.find(name);
    return found == routes_.end() ? nullptr : &found->second;
}

std::shared_ptr<Instance> const* Roster::find(std::string_view name) const {
    auto const found = std::ranges::lower_bound(instances_, name, {}, name_of);
    return found == instances_.end() || name_of(*found) != name ? nullptr : &*found;
}

std::optional<Plan> Roster::instance(std::string_view name) const {
    auto const* const found = find(name);
    if (found == nullptr) return std::nullopt;
    return Plan((*found)->config.name, Plan::Instances(found, 1));
}

std::vector<std::string_view> Roster::route_names() const {
    std::vector<std::string_view> names;
    for (auto const& [name, route] : routes_) names.emplace_back(name);
    return names;
}

std::vector<std::string_view> Roster::instance_names() const {
    std::vector<std::string_view> names;
    for (auto const& instance : instances_) names.push_back(name_of(instance));
    return names;
}

std::vector<Roster::Way> Roster::ways() const {
    std::vector<Way> ways;
    for (auto const& instance : instances_) {
        ways.push_back({instance.get(), instance->transport.get(), false});
        auto const* const grant = instance->adapter->token_grant();
        if (grant != nullptr && !same_origin(grant->base_url(), instance->adapter->base_url())) {
            ways.push_back({instance.get(), &instance->tokens->transport(), true});
        }
    }
    return ways;
}

void Roster::warm_up(std::size_t connections) const {
    for (auto const& instance : instances_) instance->transport->warm_up(connections);
}

void Roster::close() const noexcept {
    for (auto const& instance : instances_) {
        instance->transport->close();
        if (instance->tokens) instance->tokens->close();
    }
}

}  // namespace otp::delivery
