#pragma once

#include "observe/values.hpp"

#include <otp/observe/prometheus_observer.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace otp::observe {

/// How many durations were how long, by `PrometheusObserver::duration_buckets`.
class Histogram {
public:
    static constexpr std::string_view type = "histogram";

    /// A negative duration counts as none.
    void add(std::chrono::microseconds duration) noexcept;

    /// Buckets from the lowest to `+Inf`, each with all below it; then sum and count.
    void append(std::string& text, std::string_view name, std::string_view labels) const;

private:
    static constexpr auto& bounds = PrometheusObserver::duration_buckets;

    /// Each alone; the last one is what is above all bounds.
    std::array<std::uint64_t, bounds.size() + 1> buckets_{};
    Seconds<std::chrono::microseconds> sum_;
};

}  // namespace otp::observe
