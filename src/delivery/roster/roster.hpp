#pragma once

#include "delivery/roster/instance.hpp"
#include "delivery/roster/plan.hpp"
#include "delivery/roster/route.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::delivery {

/// The configured instances, and the routes over them. Immutable: whoever holds it keeps all of it,
/// whatever the client does meanwhile. The instances' own state (connections, token, condition)
/// goes on.
class Roster {
public:
    /// A route names instances that are there.
    Roster(
        std::vector<std::shared_ptr<Instance>> instances, std::vector<RouteConfig> const& routes
    );

    /// Null if there is no such route.
    [[nodiscard]] Route const* route(std::string_view name) const;
    /// For a request to this instance and no other; nothing if there is none of that name.
    [[nodiscard]] std::optional<Plan> instance(std::string_view name) const;

    /// In the order of the names.
    [[nodiscard]] std::vector<std::string_view> route_names() const;
    [[nodiscard]] std::vector<std::string_view> instance_names() const;
    /// In the order of their names.
    [[nodiscard]] Plan::Instances instances() const noexcept { return instances_; }

    /// Where requests of an instance go.
    struct Way {
        Instance const* instance;
        Transport* transport;
        /// Whether only requests for tokens go there.
        bool is_token_endpoint;
    };
    /// Those of all instances, in the order of their names. A token endpoint that has the origin of
    /// its instance is no way of its own.
    [[nodiscard]] std::vector<Way> ways() const;

    /// Opens connections ahead of need, to each instance.
    void warm_up(std::size_t connections) const;
    /// Completes what is in flight with `cancelled`.
    void close() const noexcept;

private:
    [[nodiscard]] std::shared_ptr<Instance> const* find(std::string_view name) const;

    std::vector<std::shared_ptr<Instance>> instances_;
    std::map<std::string, Route, std::less<>> routes_;
};

}  // namespace otp::delivery
