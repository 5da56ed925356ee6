#pragma once

#include "observe/exposition.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ratio>
#include <string>
#include <string_view>

namespace otp::observe {

// What a family holds for each set of labels: it knows its Prometheus type, and how to write its
// samples.

/// How often something happened.
class Count {
public:
    static constexpr std::string_view type = "counter";

    void add() noexcept { ++value_; }

    void append(std::string& text, std::string_view name, std::string_view labels) const {
        append_sample(text, name, labels, std::to_string(value_));
    }

private:
    std::uint64_t value_{0};
};

/// How long something took in all, in seconds. It is added up in `Duration`s, so exactly.
template <class Duration>
class Seconds {
public:
    static constexpr std::string_view type = "counter";

    /// A negative duration counts as none: a counter never goes down.
    void add(Duration duration) noexcept {
        ticks_ += static_cast<std::uint64_t>(std::max(duration, Duration::zero()).count());
    }

    void append(std::string& text, std::string_view name, std::string_view labels) const {
        append_sample(text, name, labels, seconds_text(ticks_, decimals));
    }

private:
    static constexpr unsigned decimals =
        std::ratio_equal_v<typename Duration::period, std::milli> ? 3 : 6;
    static_assert(std::ratio_equal_v<typename Duration::period, std::milli> || std::ratio_equal_v<typename Duration::period, std::micro>);

    std::uint64_t ticks_{0};
};

/// How many there are at the moment.
class Level {
public:
    static constexpr std::string_view type = "gauge";

    void raise() noexcept { ++value_; }
    /// Not below 0: the beginning may have been dropped.
    void lower() noexcept { value_ -= std::min<std::uint64_t>(value_, 1); }

    void append(std::string& text, std::string_view name, std::string_view labels) const {
        append_sample(text, name, labels, std::to_string(value_));
    }

private:
    std::uint64_t value_{0};
};

}  // namespace otp::observe
