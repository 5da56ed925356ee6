#pragma once

#include "model/traceparent.hpp"

#include <optional>
#include <string>

namespace otp::delivery {

/// A hint is never a reason to fail: what is no `traceparent` goes nowhere.
inline void drop_malformed_traceparent(std::optional<std::string>& traceparent) {
    if (traceparent && !model::is_traceparent(*traceparent)) traceparent.reset();
}

}  // namespace otp::delivery
