#include "delivery/roster/condition.hpp"

#include <algorithm>
#include <utility>

namespace otp::delivery {

namespace {

using std::chrono::ceil;
using std::chrono::milliseconds;

}  // namespace

Condition::Attempt::Attempt(Attempt&& other) noexcept
    : condition_(std::exchange(other.condition_, nullptr)), ticket_(other.ticket_) {}

Condition::Attempt::~Attempt() {
    if (condition_ != nullptr) condition_->abandon(ticket_);
}

Condition::Condition(DeliveryConfig const& config)
    : breaker_(config.breaker), rest_(config.retry), budget_(config.retry) {}

Availability Condition::availability(TimePoint now) const {
    std::lock_guard const lock(mutex_);
    Availability availability;
    availability.breaker = breaker_.state(now);
    availability.lets_through = breaker_.lets_through(now);
    if (availability.breaker == BreakerState::open) availability.reopens_at = breaker_.reopens_at();
    if (!rest_.is_over(now)) availability.rests_until = rest_.until();
    availability.may_repeat = budget_.may_take(RetryBudget::Kind::retry);
    availability.may_repeat_after_rest = budget_.may_take(RetryBudget::Kind::after_rest);
    return availability;
}

Condition::Begun Condition::begin() {
    std::lock_guard const lock(mutex_);
    auto const ticket = breaker_.begin();
    ++in_flight_;
    Begun begun{Attempt(*this, ticket), std::nullopt};
    if (ticket.is_first_probe()) {
        begun.change.emplace(Breaker::Change{BreakerState::open, BreakerState::half_open});
    }
    return begun;
}

Condition::Changes Condition::succeed(Attempt&& attempt, TimePoint now) {
    std::lock_guard const lock(mutex_);
    attempt.condition_ = nullptr;
    --in_flight_;
    rest_.succeeded();
    budget_.succeeded();
    Changes changes;
    changes.breaker = breaker_.end(attempt.ticket_, Breaker::Verdict::good, now, 0);
    return changes;
}

Condition::Changes Condition::fail(
    Attempt&& attempt, Failure const& failure, TimePoint now, double draw
) {
    using Verdict = Breaker::Verdict;
    std::lock_guard const lock(mutex_);
    attempt.condition_ = nullptr;
    --in_flight_;
    Changes changes;
    if (failure.asks_for_rest) {
        auto const before = std::max(rest_.until(), now);
        static_cast<void>(rest_.begin(now, failure.retry_after));
        // Answers to requests that were under way together are one and the same news.
        if (rest_.until() > before) changes.rest = ceil<milliseconds>(rest_.until() - before);
    }
    bool const counts =
        failure.verdict == Verdict::failed || failure.verdict == Verdict::could_not_connect;
    if (counts) {
        last_failure_ = failure.category;
        last_failure_at_ = now;
    }
    changes.breaker = breaker_.end(attempt.ticket_, failure.verdict, now, draw);
    return changes;
}

void Condition::abandon(Breaker::Ticket ticket) noexcept {
    std::lock_guard const lock(mutex_);
    --in_flight_;
    // Says nothing, so it needs neither a time nor a draw.
    static_cast<void>(breaker_.end(ticket, Breaker::Verdict::none, TimePoint(), 0));
}

bool Condition::take(RetryBudget::Kind kind) {
    std::lock_guard const lock(mutex_);
    return budget_.take(kind);
}

std::optional<Breaker::Change> Condition::isolate(TimePoint now) {
    std::lock_guard const lock(mutex_);
    return breaker_.isolate(now);
}

std::optional<Breaker::Change> Condition::restore(TimePoint now) {
    std::lock_guard const lock(mutex_);
    return breaker_.restore(now);
}

InstanceHealth Condition::health(TimePoint now) const {
    std::lock_guard const lock(mutex_);
    InstanceHealth health;
    health.breaker = breaker_.state(now);
    if (health.breaker == BreakerState::open) {
        health.reopens_in = ceil<milliseconds>(breaker_.reopens_at() - now);
    }
    if (!rest_.is_over(now)) health.rests_for = ceil<milliseconds>(rest_.until() - now);
    health.in_flight = in_flight_;
    health.budget_left = budget_.left();
    health.last_failure = last_failure_;
    if (last_failure_) health.last_failure_ago = ceil<milliseconds>(now - last_failure_at_);
    return health;
}

}  // namespace otp::delivery
