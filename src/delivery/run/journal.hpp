#pragma once

#include "delivery/roster/condition.hpp"
#include "delivery/roster/instance.hpp"
#include "delivery/run/environment.hpp"

#include <otp/attempt.hpp>
#include <otp/error.hpp>
#include <otp/observer.hpp>

#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

namespace otp::delivery {

/// What an operation tells observers. Without observers all of it costs one branch.
class Journal {
public:
    /// `environment` and what the views point to outlive the object.
    Journal(
        Environment& environment,
        OperationKind kind,
        std::string_view target,
        std::string_view traceparent
    ) noexcept;

    void attempt_begun(Instance const& instance, std::size_t attempt) noexcept;
    /// Of the attempt that has begun, or of none.
    void attempt_ended(Attempt const& attempt) noexcept;
    void waits(Instance const& instance, std::chrono::milliseconds wait, DecisionReason reason)
        const noexcept;
    void condition_changed(Instance const& instance, Condition::Changes const& changes)
        const noexcept;
    void warns(Attempt const& accepted, std::vector<std::string> const* messages) const;
    void ended(OperationEnded& event) const noexcept;

    [[nodiscard]] bool is_heard() const noexcept { return !environment_.observers.empty(); }

private:
    Environment& environment_;
    OperationRef operation_;
    /// Of the attempt under way; 0: none is.
    std::size_t attempt_{0};
};

/// Tells that the breaker of an instance changed.
void report_change(
    Environment const& environment, InstanceConfig const& instance, Breaker::Change const& change
) noexcept;

}  // namespace otp::delivery
