#pragma once

#include <otp/mocks/mock_time.hpp>

#include <chrono>
#include <cstddef>
#include <string>

namespace otp::mocks {

/// What a reader of events has to know first.
struct Hello {
    MockTime now;
    std::chrono::milliseconds moved;
    /// Messages that it may read now, and how many are kept.
    std::size_t messages;
    std::size_t keep;
    /// Answers that are held.
    std::size_t held;
};

/// The event's data, the vendors with their titles among it.
[[nodiscard]] std::string hello_json(Hello const& hello);

}  // namespace otp::mocks
