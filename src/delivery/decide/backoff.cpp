#include "delivery/decide/backoff.hpp"

#include <algorithm>
#include <cmath>

namespace otp::delivery {

using std::chrono::milliseconds;

milliseconds backoff_delay(
    RetryConfig const& config, std::size_t repetition, double draw
) noexcept {
    // As a floating-point number it grows beyond all bounds without overflow.
    auto const grown = static_cast<double>(config.base_delay.count()) *
                       std::pow(config.factor, static_cast<double>(repetition) - 1);
    auto const longest = std::min(static_cast<double>(config.max_delay.count()), grown);
    return milliseconds(static_cast<milliseconds::rep>(draw * longest));
}

}  // namespace otp::delivery
