#include "delivery/decide/turns.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace otp::delivery {

namespace {

using Weights = std::span<std::uint32_t const>;

/// Smooth weighted round robin, as in nginx (ngx_http_upstream_get_peer): in each turn everybody
/// gains its weight, and who has the most comes first and pays the sum of all weights. After as
/// many turns as that sum everybody has nothing again.
std::vector<std::uint32_t> smooth_turns(Weights weights) {
    auto const sum = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    std::vector<std::int64_t> gained(weights.size());
    std::vector<std::uint32_t> turns(static_cast<std::size_t>(sum));
    for (auto& first : turns) {
        std::transform(
            gained.begin(), gained.end(), weights.begin(), gained.begin(), std::plus<>()
        );
        auto const most = std::max_element(gained.begin(), gained.end());
        *most -= sum;
        first = static_cast<std::uint32_t>(most - gained.begin());
    }
    return turns;
}

}  // namespace

Turns::Turns(RouteStrategy strategy, Weights weights)
    : strategy_(strategy), candidates_(weights.size()) {
    std::iota(candidates_.begin(), candidates_.end(), std::size_t{0});
    if (strategy != RouteStrategy::weighted) return;
    std::sort(candidates_.begin(), candidates_.end(), [weights](std::size_t a, std::size_t b) {
        return weights[a] != weights[b] ? weights[a] > weights[b] : a < b;
    });
    first_ = smooth_turns(weights);
}

std::vector<std::size_t> Turns::order(std::uint64_t turn) const {
    auto order = candidates_;
    switch (strategy_) {
        case RouteStrategy::in_order:
            break;
        case RouteStrategy::round_robin: {
            auto const first = static_cast<std::ptrdiff_t>(turn % order.size());
            std::rotate(order.begin(), order.begin() + first, order.end());
            break;
        }
        case RouteStrategy::weighted: {
            auto const first = std::find(order.begin(), order.end(), first_[turn % first_.size()]);
            // It comes before the heavier ones, which stay in their order.
            std::rotate(order.begin(), first, first + 1);
            break;
        }
    }
    return order;
}

}  // namespace otp::delivery
