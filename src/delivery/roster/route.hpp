#pragma once

#include "delivery/decide/turns.hpp"
#include "delivery/roster/plan.hpp"

#include <otp/route_config.hpp>
#include <otp/send_otp.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace otp::delivery {

/// A configured route over instances that are there. Immutable but for whose turn it is.
///
/// Thread safety: all members may be called from several threads.
class Route {
public:
    using Find = std::function<std::shared_ptr<Instance>(std::string_view name)>;

    /// `find` knows every instance that the route names.
    Route(RouteConfig const& config, Find const& find);

    /// For the next request, whose turn it is after the one before.
    [[nodiscard]] Plan plan(SendOtp const& request) const { return plan(request, true); }
    /// The plan that the next request will get.
    [[nodiscard]] Plan preview(SendOtp const& request) const { return plan(request, false); }

    /// All instances that some request may go to, without repetition.
    [[nodiscard]] std::vector<std::shared_ptr<Instance>> const& instances() const noexcept {
        return all_;
    }

private:
    /// Some instances, and whose turn it is among them.
    struct Choice {
        std::vector<std::shared_ptr<Instance>> instances;
        /// Nothing: in order.
        std::optional<Turns> turns;
        std::atomic<std::uint64_t> turn{0};
    };

    void add(std::vector<std::string> const& use, InstanceWeights const& weights, Find const& find);
    [[nodiscard]] Plan plan(SendOtp const& request, bool takes_turn) const;

    std::string name_;
    RouteStrategy strategy_;
    OnUnknown on_unknown_;
    std::size_t max_attempts_;
    std::vector<RouteRule> rules_;
    /// Those of the rules, and then the route's own.
    mutable std::deque<Choice> choices_;
    std::vector<std::shared_ptr<Instance>> all_;
};

/// Which of the rules decides for a request; nothing: none.
[[nodiscard]] std::optional<std::size_t> find_rule(
    std::vector<RouteRule> const& rules, SendOtp const& request
);

}  // namespace otp::delivery
