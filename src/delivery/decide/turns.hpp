#pragma once

#include <otp/route_config.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace otp::delivery {

/// In which order a route's candidates are asked, one turn after the other (`RouteStrategy`).
/// Immutable; the turns are counted elsewhere.
class Turns {
public:
    /// One weight for each candidate, in the order of the route; there is at least one, and each is
    /// at least 1. Only `RouteStrategy::weighted` looks at what they are: its turns repeat after
    /// their sum, and so much memory is taken.
    Turns(RouteStrategy strategy, std::span<std::uint32_t const> weights);

    /// The candidates for the turn-th request of the route, counted from 0, the first to be asked
    /// first.
    [[nodiscard]] std::vector<std::size_t> order(std::uint64_t turn) const;

private:
    RouteStrategy strategy_;
    /// All candidates: the heavier ones first if weighted, else in the order of the route.
    std::vector<std::size_t> candidates_;
    /// Only if weighted: who comes first, turn by turn.
    std::vector<std::uint32_t> first_;
};

}  // namespace otp::delivery
