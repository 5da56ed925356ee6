#include "delivery/decide/next_step.hpp"

#include <algorithm>

namespace otp::delivery {

namespace {

/// What speaks against asking a candidate (again) at all, now or later.
enum class Bar { none, by_operation, isolated, attempts, budget, breaker };

bool is_first(Candidate const& candidate) noexcept {
    return candidate.attempts == 0 && !candidate.fault;
}

bool after_rest(Candidate const& candidate) noexcept {
    return candidate.fault == Fault::busy;
}

/// Whether a failure of this kind is one that the same instance may get over.
bool may_pass(Candidate const& candidate, OnUnknown on_unknown) noexcept {
    switch (*candidate.fault) {
        case Fault::network:
        case Fault::busy:
            return true;
        case Fault::unknown:
            return on_unknown == OnUnknown::retry_if_documented && candidate.repetition_documented;
        default:
            return false;
    }
}

Bar bar_of(Candidate const& candidate, OnUnknown on_unknown) noexcept {
    auto const& availability = candidate.availability;
    if (candidate.fault && !may_pass(candidate, on_unknown)) return Bar::by_operation;
    if (availability.breaker == BreakerState::isolated) return Bar::isolated;
    if (candidate.attempts >= candidate.max_attempts) return Bar::attempts;
    bool const within_budget =
        after_rest(candidate) ? availability.may_repeat_after_rest : availability.may_repeat;
    if (candidate.attempts > 0 && !within_budget) return Bar::budget;
    return availability.lets_through ? Bar::none : Bar::breaker;
}

/// When the candidate may be asked.
Clock::TimePoint ready_at(Candidate const& candidate, Clock::TimePoint now) noexcept {
    return std::max({now, candidate.availability.rests_until, candidate.not_before});
}

/// Looks for the candidate to ask, and keeps why the others cannot be.
class Choice {
public:
    explicit Choice(Situation const& situation) noexcept : situation_(situation) {}

    [[nodiscard]] Step make() noexcept {
        if (auto const fresh = first_fresh()) return ask(*fresh);
        for (std::size_t place = 0; place < situation_.candidates.size(); ++place) look_at(place);
        if (best_) return begin(*best_, best_ready_);
        if (opens_first_) return ask(*opens_first_);
        return Stop{reason_to_stop()};
    }

private:
    [[nodiscard]] Candidate const& at(std::size_t place) const noexcept {
        return situation_.candidates[place];
    }

    [[nodiscard]] std::optional<std::size_t> first_fresh() const noexcept {
        for (std::size_t place = 0; place < situation_.candidates.size(); ++place) {
            if (is_first(at(place)) && !why_unavailable(at(place).availability, situation_.now) &&
                at(place).max_attempts > 0) {
                return place;
            }
        }
        return std::nullopt;
    }

    void look_at(std::size_t place) noexcept {
        auto const& candidate = at(place);
        auto const bar = bar_of(candidate, situation_.on_unknown);
        if (bar == Bar::none) return keep_if_sooner(place);
        if (bar == Bar::breaker && is_first(candidate)) return keep_if_reopening_sooner(place);
        found_isolated_ |= bar == Bar::isolated;
        found_used_up_ |= bar == Bar::attempts;
        found_without_budget_ |= bar == Bar::budget;
    }

    void keep_if_sooner(std::size_t place) noexcept {
        auto const ready = ready_at(at(place), situation_.now);
        if (ready >= situation_.deadline) {
            found_too_late_ = true;
            return;
        }
        bool const at_once_with_best = best_ && ready == best_ready_;
        // By then whoever was not asked yet goes first.
        bool const goes_first = at_once_with_best && is_first(at(place)) && !is_first(at(*best_));
        if (best_ && best_ready_ <= ready && !goes_first) return;
        best_ = place;
        best_ready_ = ready;
    }

    void keep_if_reopening_sooner(std::size_t place) noexcept {
        // It rests, too: that was asked for.
        if (at(place).availability.rests_until > situation_.now) {
            found_too_late_ = true;
            return;
        }
        bool const sooner = !opens_first_ || at(place).availability.reopens_at <
                                                 at(*opens_first_).availability.reopens_at;
        if (sooner) opens_first_ = place;
    }

    [[nodiscard]] Step begin(std::size_t place, Clock::TimePoint ready) const noexcept {
        if (ready <= situation_.now) return ask(place);
        return Wait{place, ready, reason_for(place)};
    }

    [[nodiscard]] Step ask(std::size_t place) const noexcept {
        return Ask{place, reason_for(place)};
    }

    [[nodiscard]] DecisionReason reason_for(std::size_t place) const noexcept {
        bool const repeats_unknown = at(place).fault == Fault::unknown;
        if (repeats_unknown) return DecisionReason::retry_documented;
        if (situation_.last_fault) return reason_to_go_on(*situation_.last_fault);
        if (at(place).fault) return reason_to_go_on(*at(place).fault);
        return is_resting(place) ? DecisionReason::resting : DecisionReason::not_sent;
    }

    [[nodiscard]] bool is_resting(std::size_t place) const noexcept {
        return at(place).availability.rests_until > situation_.now;
    }

    [[nodiscard]] DecisionReason reason_to_stop() const noexcept {
        if (found_too_late_) return DecisionReason::deadline_too_near;
        if (found_without_budget_) return DecisionReason::budget_empty;
        if (found_used_up_) return DecisionReason::attempts_used_up;
        if (found_isolated_) return DecisionReason::isolated;
        return DecisionReason::no_instance_left;
    }

    Situation const& situation_;
    std::optional<std::size_t> best_;
    Clock::TimePoint best_ready_{};
    std::optional<std::size_t> opens_first_;
    bool found_isolated_{false};
    bool found_used_up_{false};
    bool found_without_budget_{false};
    bool found_too_late_{false};
};

bool any_left_open(Situation const& situation) noexcept {
    return std::any_of(
        situation.candidates.begin(),
        situation.candidates.end(),
        [](Candidate const& candidate) { return candidate.left_open; }
    );
}

/// Nothing if the operation may go on.
std::optional<DecisionReason> why_over(Situation const& situation) noexcept {
    bool refused = false;
    bool left_open = false;
    for (auto const& candidate : situation.candidates) {
        if (candidate.fault == Fault::ended) return DecisionReason::failed_here;
        refused |= candidate.fault == Fault::request;
        left_open |= candidate.left_open;
    }
    if (refused) return DecisionReason::refused;
    if (left_open && situation.on_unknown == OnUnknown::stop) {
        return DecisionReason::may_have_been_sent;
    }
    if (situation.attempts >= situation.max_attempts) return DecisionReason::attempts_used_up;
    if (situation.attempts > 0 && situation.now >= situation.deadline) {
        return DecisionReason::deadline_exceeded;
    }
    return std::nullopt;
}

/// Where a vendor may be asked again for what it may have sent, nobody else is asked: whatever
/// became of the repetition.
std::optional<std::size_t> only_one_to_repeat(Situation const& situation) noexcept {
    if (situation.on_unknown != OnUnknown::retry_if_documented) return std::nullopt;
    for (std::size_t place = 0; place < situation.candidates.size(); ++place) {
        if (situation.candidates[place].left_open) return place;
    }
    return std::nullopt;
}

Step repeat(Situation const& situation, std::size_t place) noexcept {
    Situation alone = situation;
    alone.candidates = situation.candidates.subspan(place, 1);
    auto step = Choice(alone).make();
    if (auto* const ask = std::get_if<Ask>(&step)) ask->candidate = place;
    if (auto* const wait = std::get_if<Wait>(&step)) wait->candidate = place;
    // That it could not be repeated is not why its outcome is open.
    if (std::holds_alternative<Stop>(step)) return Stop{DecisionReason::may_have_been_sent};
    return step;
}

}  // namespace

std::optional<DecisionReason> why_unavailable(
    Availability const& availability, Clock::TimePoint now
) noexcept {
    if (availability.breaker == BreakerState::isolated) return DecisionReason::isolated;
    if (!availability.lets_through) return DecisionReason::breaker_open;
    if (availability.rests_until > now) return DecisionReason::resting;
    return std::nullopt;
}

Step next_step(Situation const& situation) noexcept {
    if (auto const reason = why_over(situation)) return Stop{*reason};
    if (auto const place = only_one_to_repeat(situation)) return repeat(situation, *place);
    auto step = Choice(situation).make();
    // Nobody else could be asked for what may have been sent already.
    if (std::holds_alternative<Stop>(step) && any_left_open(situation)) {
        return Stop{DecisionReason::may_have_been_sent};
    }
    return step;
}

}  // namespace otp::delivery
