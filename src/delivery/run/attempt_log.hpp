#pragma once

#include "delivery/run/journal.hpp"

#include <otp/attempt.hpp>
#include <otp/config.hpp>
#include <otp/error.hpp>

#include <chrono>
#include <utility>
#include <vector>

namespace otp::delivery {

/// The attempts of an operation, and who was passed over: what its outcome lists, and observers
/// hear of one by one.
class AttemptLog {
public:
    /// `journal` outlives the object.
    explicit AttemptLog(Journal& journal) noexcept : journal_(journal) {}

    /// The operation waited on purpose, before the attempt that is added next.
    void waited(std::chrono::milliseconds time) noexcept { waited_ += time; }

    /// An attempt that has just ended. What came of it is left to the caller, who then calls
    /// `ended` or `failed`. Valid until the next one.
    [[nodiscard]] Attempt& add(InstanceConfig const& instance);
    void ended(Attempt const& attempt) noexcept { journal_.attempt_ended(attempt); }
    void failed(Attempt& attempt, Error const& error, Decision decision, DecisionReason reason);

    /// The instance was not asked at all.
    void skipped(InstanceConfig const& instance, DecisionReason reason);

    /// For the outcome. Leaves none.
    [[nodiscard]] std::vector<Attempt> take() noexcept { return std::move(attempts_); }

private:
    Attempt& append(InstanceConfig const& instance);

    Journal& journal_;
    std::vector<Attempt> attempts_;
    std::chrono::milliseconds waited_{0};
};

}  // namespace otp::delivery
