#include "delivery/run/course.hpp"

namespace otp::delivery {

Course::Course(Plan const& plan, Clock::TimePoint deadline) : plan_(plan), deadline_(deadline) {
    candidates_.resize(plan.size());
    passed_over_.resize(plan.size(), false);
    for (std::size_t place = 0; place < plan.size(); ++place) {
        auto const allowed = plan[place]->config.delivery.retry.attempts;
        candidates_[place].max_attempts = allowed;
        max_attempts_ += allowed;
    }
    max_attempts_ = plan.max_attempts.value_or(max_attempts_);
}

Situation Course::situation(Clock::TimePoint now, std::optional<Fault> last_fault) {
    now_ = now;
    for (std::size_t place = 0; place < candidates_.size(); ++place) {
        candidates_[place].availability = plan_[place]->condition->availability(now);
    }
    Situation situation{candidates_};
    situation.attempts = attempts_;
    situation.max_attempts = max_attempts_;
    situation.on_unknown = plan_.on_unknown;
    situation.now = now;
    situation.deadline = deadline_;
    situation.last_fault = last_fault;
    return situation;
}

void Course::attempt_begun(std::size_t place) noexcept {
    ++attempts_;
    ++candidates_[place].attempts;
}

void Course::failed(std::size_t place, Fault fault) noexcept {
    auto& candidate = candidates_[place];
    candidate.fault = fault;
    candidate.left_open = candidate.left_open || fault == Fault::unknown;
    candidate.repetition_documented = false;
}

void Course::hold_back(std::size_t place, Clock::TimePoint until) noexcept {
    candidates_[place].not_before = until;
}

void Course::document_repetition(std::size_t place) noexcept {
    candidates_[place].repetition_documented = true;
}

std::optional<DecisionReason> Course::pass_over(std::size_t place) noexcept {
    if (!is_untouched(place) || passed_over_[place]) return std::nullopt;
    auto const reason = why_unavailable(candidates_[place].availability, now_);
    if (reason) passed_over_[place] = true;
    return reason;
}

bool Course::has_alternative_to(std::size_t place) const noexcept {
    // The attempt in question is one of them.
    if (attempts_ + 1 >= max_attempts_) return false;
    // What is repeated as the documents ask goes nowhere else.
    if (plan_.on_unknown == OnUnknown::retry_if_documented && candidates_[place].left_open) {
        return false;
    }
    for (std::size_t other = 0; other < candidates_.size(); ++other) {
        if (other != place && is_untouched(other) &&
            !why_unavailable(candidates_[other].availability, now_)) {
            return true;
        }
    }
    return false;
}

}  // namespace otp::delivery
