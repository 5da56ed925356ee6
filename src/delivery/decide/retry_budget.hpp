#pragma once

#include <otp/delivery_config.hpp>

#include <cstdint>

namespace otp::delivery {

/// The bucket that all operations at one instance repeat out of (`RetryConfig::budget`): while the
/// instance is well it stays full, and while it fails, repetitions do not multiply the load. Not
/// thread-safe.
class RetryBudget {
public:
    /// What a repetition follows: each kind has its cost.
    enum class Kind {
        retry,      ///< A failure.
        after_rest  ///< An answer that asked for a rest.
    };

    /// A full bucket.
    explicit RetryBudget(RetryConfig const& config) noexcept;

    /// Whether enough is left for a repetition. One that costs nothing may always be made.
    [[nodiscard]] bool may_take(Kind kind) const noexcept;
    /// Takes the cost of a repetition out; false, and nothing is taken, if too little is left.
    [[nodiscard]] bool take(Kind kind) noexcept;
    /// An attempt succeeded, which puts something back, though never more than the bucket holds.
    void succeeded() noexcept;

    [[nodiscard]] std::uint32_t left() const noexcept { return left_; }

private:
    [[nodiscard]] std::uint32_t cost_of(Kind kind) const noexcept;

    std::uint32_t full_;
    std::uint32_t retry_cost_;
    std::uint32_t throttle_cost_;
    std::uint32_t success_gain_;
    std::uint32_t left_;
};

}  // namespace otp::delivery
