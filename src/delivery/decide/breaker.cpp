#include "delivery/decide/breaker.hpp"

#include <algorithm>
#include <cmath>

namespace otp::delivery {

namespace {

using std::chrono::milliseconds;

/// Up to a tenth longer or shorter.
milliseconds with_jitter(milliseconds length, double draw) noexcept {
    return milliseconds(std::llround(static_cast<double>(length.count()) * (0.9 + 0.2 * draw)));
}

}  // namespace

Breaker::Breaker(BreakerConfig const& config) noexcept
    : config_(config),
      window_(config.window),
      next_opening_(std::min(config.open, config.max_open)) {}

BreakerState Breaker::state(TimePoint now) const noexcept {
    bool const is_time_over = state_ == BreakerState::open && now >= reopens_at_;
    return is_time_over ? BreakerState::half_open : state_;
}

bool Breaker::lets_through(TimePoint now) const noexcept {
    auto const is = state(now);
    return is == BreakerState::closed || (is == BreakerState::half_open && probes_ == 0);
}

Breaker::Ticket Breaker::begin() noexcept {
    bool const is_first_probe = state_ == BreakerState::open;
    if (is_first_probe) state_ = BreakerState::half_open;
    bool const is_probe = state_ == BreakerState::half_open;
    if (is_probe) ++probes_;
    return {epoch_, is_probe, is_first_probe};
}

std::optional<Breaker::Change> Breaker::end(
    Ticket ticket, Verdict verdict, TimePoint now, double draw
) noexcept {
    bool const is_of_the_past = ticket.epoch_ != epoch_;
    if (is_of_the_past || state_ == BreakerState::isolated) return std::nullopt;
    return ticket.is_probe() ? end_probe(verdict, now, draw) : end_call(verdict, now, draw);
}

std::optional<Breaker::Change> Breaker::isolate(TimePoint now) noexcept {
    if (state_ == BreakerState::isolated) return std::nullopt;
    auto const from = state(now);
    enter(BreakerState::isolated);
    return Change{from, BreakerState::isolated};
}

std::optional<Breaker::Change> Breaker::restore(TimePoint now) noexcept {
    auto const change = close(state(now));
    return change.from == change.to ? std::nullopt : std::optional(change);
}

std::optional<Breaker::Change> Breaker::end_call(
    Verdict verdict, TimePoint now, double draw
) noexcept {
    if (verdict == Verdict::none) return std::nullopt;
    row_ = verdict == Verdict::could_not_connect ? row_ + 1 : 0;
    window_.add(now, verdict != Verdict::good);
    return fails_too_often() ? std::optional(open(now, draw)) : std::nullopt;
}

std::optional<Breaker::Change> Breaker::end_probe(
    Verdict verdict, TimePoint now, double draw
) noexcept {
    --probes_;
    if (verdict == Verdict::none) return std::nullopt;
    if (verdict != Verdict::good) return open(now, draw);
    ++good_probes_;
    if (good_probes_ < config_.good_probes) return std::nullopt;
    return close(BreakerState::half_open);
}

bool Breaker::fails_too_often() const noexcept {
    if (row_ >= config_.connection_failures) return true;
    if (window_.calls() < config_.minimum_calls) return false;
    // Divided, 7 of 100 are exactly what 0.07 says; multiplied, they would be a little less.
    auto const ratio = static_cast<double>(window_.failed()) / static_cast<double>(window_.calls());
    return ratio >= config_.failure_ratio;
}

Breaker::Change Breaker::open(TimePoint now, double draw) noexcept {
    auto const from = state_;
    auto const length = with_jitter(next_opening_, draw);
    next_opening_ = std::min(2 * next_opening_, config_.max_open);
    reopens_at_ = now + length;
    enter(BreakerState::open);
    return {from, BreakerState::open, length};
}

Breaker::Change Breaker::close(BreakerState from) noexcept {
    next_opening_ = std::min(config_.open, config_.max_open);
    enter(BreakerState::closed);
    return {from, BreakerState::closed};
}

void Breaker::enter(BreakerState state) noexcept {
    state_ = state;
    ++epoch_;
    window_.clear();
    row_ = 0;
    probes_ = 0;
    good_probes_ = 0;
}

}  // namespace otp::delivery
