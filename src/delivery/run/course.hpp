#pragma once

#include "delivery/decide/next_step.hpp"
#include "delivery/roster/plan.hpp"

#include <boost/container/small_vector.hpp>

#include <cstddef>
#include <optional>

namespace otp::delivery {

/// What an operation has tried so far, at which of the plan's instances: what decisions are made
/// from.
class Course {
public:
    /// `plan` outlives the object.
    Course(Plan const& plan, Clock::TimePoint deadline);

    /// As things are now. `last_fault` is that of an attempt that has just failed. Valid until the
    /// next call.
    [[nodiscard]] Situation situation(Clock::TimePoint now, std::optional<Fault> last_fault);

    void attempt_begun(std::size_t place) noexcept;
    void failed(std::size_t place, Fault fault) noexcept;
    /// The instance is not asked again before.
    void hold_back(std::size_t place, Clock::TimePoint until) noexcept;
    /// The vendor's documents ask for a repetition.
    void document_repetition(std::size_t place) noexcept;

    /// Of all instances, and of one.
    [[nodiscard]] std::size_t attempts() const noexcept { return attempts_; }
    [[nodiscard]] std::size_t attempts_at(std::size_t place) const noexcept {
        return candidates_[place].attempts;
    }
    [[nodiscard]] std::optional<Fault> fault_at(std::size_t place) const noexcept {
        return candidates_[place].fault;
    }

    /// Why an instance that was not asked yet is passed over, the first time it is; nothing if it
    /// is not, or was asked. As of the last `situation`.
    [[nodiscard]] std::optional<DecisionReason> pass_over(std::size_t place) noexcept;
    /// Whether somebody else could be asked right behind the next attempt, at `place`, as of the
    /// last `situation`.
    [[nodiscard]] bool has_alternative_to(std::size_t place) const noexcept;

private:
    [[nodiscard]] bool is_untouched(std::size_t place) const noexcept {
        return candidates_[place].attempts == 0 && !candidates_[place].fault;
    }

    /// As many as most routes have.
    static constexpr std::size_t usual = 3;

    Plan const& plan_;
    Clock::TimePoint deadline_;
    Clock::TimePoint now_{};
    std::size_t attempts_{0};
    std::size_t max_attempts_{0};
    boost::container::small_vector<Candidate, usual> candidates_;
    boost::container::small_vector<bool, usual> passed_over_;
};

}  // namespace otp::delivery
