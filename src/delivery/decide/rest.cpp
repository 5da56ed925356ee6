#include "delivery/decide/rest.hpp"

#include <algorithm>

namespace otp::delivery {

using std::chrono::milliseconds;

Rest::Rest(RetryConfig const& config) noexcept
    : first_(std::min(config.rest, config.max_rest)),
      longest_(config.max_rest),
      longest_asked_for_(config.max_retry_after) {}

milliseconds Rest::begin(TimePoint now, std::optional<milliseconds> retry_after) noexcept {
    if (!retry_after) last_ = next_length(now);
    auto const length =
        retry_after ? std::clamp(*retry_after, milliseconds(0), longest_asked_for_) : last_;
    until_ = std::max(until_, now + length);
    return std::chrono::ceil<milliseconds>(until_ - now);
}

void Rest::succeeded() noexcept {
    last_ = milliseconds(0);
}

milliseconds Rest::next_length(TimePoint now) const noexcept {
    if (last_ == milliseconds(0)) return first_;
    return is_over(now) ? std::min(2 * last_, longest_) : last_;
}

}  // namespace otp::delivery
