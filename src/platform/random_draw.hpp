#pragma once

#include <otp/seam/random_source.hpp>

namespace otp::platform {

/// A number from 0 to below 1, all equally likely.
[[nodiscard]] double random_draw(RandomSource& random);

}  // namespace otp::platform
