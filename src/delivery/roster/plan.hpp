#pragma once

#include "delivery/roster/instance.hpp"

#include <otp/route_config.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace otp::delivery {

/// Who may serve a request, in which order, and what the route says about going on. Valid as long
/// as the roster that made it.
class Plan {
public:
    using Instances = std::span<std::shared_ptr<Instance> const>;

    /// In order. Without a route there is nothing to go on with after an open outcome.
    Plan(std::string_view target, Instances instances) noexcept
        : target_(target), instances_(instances) {}

    [[nodiscard]] std::string_view target() const noexcept { return target_; }
    [[nodiscard]] std::size_t size() const noexcept { return instances_.size(); }
    /// The `place`-th to be asked.
    [[nodiscard]] std::shared_ptr<Instance> const& operator[](std::size_t place) const noexcept {
        return instances_[order_.empty() ? place : order_[place]];
    }

    /// Which rule of the route decides; nothing: its `use`.
    std::optional<std::size_t> rule;
    OnUnknown on_unknown{OnUnknown::stop};
    /// Nothing: as many as the instances allow.
    std::optional<std::size_t> max_attempts;

    /// Empty: in order.
    void set_order(std::vector<std::size_t> order) noexcept { order_ = std::move(order); }

private:
    std::string_view target_;
    Instances instances_;
    std::vector<std::size_t> order_;
};

}  // namespace otp::delivery
