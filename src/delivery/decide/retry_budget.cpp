#include "delivery/decide/retry_budget.hpp"

#include <algorithm>

namespace otp::delivery {

RetryBudget::RetryBudget(RetryConfig const& config) noexcept
    : full_(config.budget),
      retry_cost_(config.retry_cost),
      throttle_cost_(config.throttle_cost),
      success_gain_(config.success_gain),
      left_(config.budget) {}

bool RetryBudget::may_take(Kind kind) const noexcept {
    return cost_of(kind) <= left_;
}

bool RetryBudget::take(Kind kind) noexcept {
    if (!may_take(kind)) return false;
    left_ -= cost_of(kind);
    return true;
}

void RetryBudget::succeeded() noexcept {
    left_ += std::min(success_gain_, full_ - left_);
}

std::uint32_t RetryBudget::cost_of(Kind kind) const noexcept {
    return kind == Kind::retry ? retry_cost_ : throttle_cost_;
}

}  // namespace otp::delivery
