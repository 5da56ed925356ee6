#include "simulation/instance_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace otp::simulation {

namespace {

using std::chrono::milliseconds;

bool asks_for_rest(Attempt const& attempt) noexcept {
    if (attempt.failure == ErrorCategory::rate_limited) return true;
    return attempt.failure == ErrorCategory::unavailable && attempt.http_status != 0 &&
           attempt.http_status != 408 && attempt.http_status != 421;
}

/// The latest attempt at the instance that is over, before the one that begins.
Attempt const* last_ended_at(OperationRecord const& operation, std::string const& instance) {
    Attempt const* last = nullptr;
    for (auto const& attempt : operation.attempts) {
        if (attempt.instance == instance && attempt.ended) last = &*attempt.ended;
    }
    return last;
}

/// What the network knows of an attempt; null if no request was made.
ExchangeRecord const* exchange_of(AttemptRecord const& attempt, OperationRecord const& operation) {
    bool const has_one = attempt.exchanges_before < operation.exchanges.size();
    return has_one ? &operation.exchanges[attempt.exchanges_before] : nullptr;
}

}  // namespace

InstanceModel::InstanceModel(std::string name, DeliveryConfig const& config)
    : name_(std::move(name)),
      config_(config),
      next_opening_(std::min(config.breaker.open, config.breaker.max_open)),
      budget_(config.retry.budget) {}

BreakerState InstanceModel::state(TimePoint now) const noexcept {
    bool const reopens = state_ == BreakerState::open && now >= open_until_;
    return reopens ? BreakerState::half_open : state_;
}

bool InstanceModel::lets_through(TimePoint now) const noexcept {
    auto const is = state(now);
    return is == BreakerState::closed || (is == BreakerState::half_open && probes_ == 0);
}

void InstanceModel::told_of_change(BreakerChange const& change) noexcept {
    told_ = change.to;
    told_open_for_ = change.open_for;
}

std::string InstanceModel::begin(
    AttemptRecord& attempt, OperationRecord const& operation, TimePoint now
) {
    auto const* const before = last_ended_at(operation, name_);
    attempt.is_question = before != nullptr && before->decision == Decision::confirm;
    if (attempt.is_question) return {};
    ++in_flight_;
    attempt.was_let_in = lets_through(now);
    bool const renews = before != nullptr && before->decision == Decision::renew_token;
    if (before != nullptr && !renews) {
        bool const after_rest = asks_for_rest(*before) && before->delivery == Delivery::not_sent;
        auto const cost = after_rest ? config_.retry.throttle_cost : config_.retry.retry_cost;
        if (cost > budget_) return name_ + " was asked again although its budget was used up";
        budget_ -= cost;
    }
    if (state_ == BreakerState::open) {
        if (std::exchange(told_, std::nullopt) != BreakerState::half_open) {
            return name_ + " was asked while open, and nobody was told of a probe";
        }
        state_ = BreakerState::half_open;
    }
    attempt.is_probe = state_ == BreakerState::half_open;
    attempt.is_further_probe = attempt.is_probe && probes_ > 0;
    attempt.epoch = epoch_;
    if (attempt.is_probe) ++probes_;
    return told_ ? unexpected(*std::exchange(told_, std::nullopt)) : std::string();
}

std::string InstanceModel::end(
    AttemptRecord const& attempt, OperationRecord const& operation, TimePoint now
) {
    if (attempt.is_question) return {};
    --in_flight_;
    auto const verdict = verdict_of(attempt, operation);
    learn_rest(attempt, operation, now);
    if (attempt.ended->delivery == Delivery::accepted) {
        budget_ += std::min(config_.retry.success_gain, config_.retry.budget - budget_);
        last_rest_ = milliseconds(0);
    }
    bool const is_of_the_past = attempt.epoch != epoch_ || state_ == BreakerState::isolated;
    std::string wrong;
    if (!is_of_the_past) {
        wrong = attempt.is_probe ? end_probe(verdict, now) : end_call(verdict, now);
    }
    if (wrong.empty() && told_) wrong = unexpected(*told_);
    told_.reset();
    told_rest_.reset();
    return wrong;
}

InstanceModel::Verdict InstanceModel::verdict_of(
    AttemptRecord const& attempt, OperationRecord const& operation
) noexcept {
    auto const& ended = *attempt.ended;
    if (!ended.failure) return Verdict::good;
    if (ended.decision == Decision::renew_token) return Verdict::nothing;
    auto const* const exchange = exchange_of(attempt, operation);
    if (exchange == nullptr && ended.failure != ErrorCategory::cancelled) {
        // Of all that waited for one token one tells of its failure.
        bool const came_late = !ended.phase;
        bool const counts = came_late || std::exchange(token_failure_is_news_, false);
        if (!counts) return Verdict::nothing;
    }
    bool const took_a_second = ended.latency >= std::chrono::seconds(1);
    switch (*ended.failure) {
        case ErrorCategory::connect_failed:
        case ErrorCategory::tls_failed:
            return Verdict::could_not_connect;
        case ErrorCategory::timeout:
        case ErrorCategory::connection_lost:
            if (!ended.phase) return took_a_second ? Verdict::failed : Verdict::nothing;
            if (*ended.phase == ExchangePhase::queued) return Verdict::nothing;
            return *ended.phase < ExchangePhase::writing ? Verdict::could_not_connect
                                                         : Verdict::failed;
        case ErrorCategory::deadline_exceeded:
            if (!took_a_second) return Verdict::nothing;
            if (!ended.phase) return Verdict::failed;
            return *ended.phase > ExchangePhase::writing ? Verdict::failed : Verdict::nothing;
        case ErrorCategory::unavailable:
            return asks_for_rest(ended) ? Verdict::failed : Verdict::nothing;
        case ErrorCategory::provider_error:
        case ErrorCategory::bad_response:
            return Verdict::failed;
        case ErrorCategory::config_invalid:
        case ErrorCategory::unauthenticated:
        case ErrorCategory::permission_denied:
        case ErrorCategory::quota_exhausted:
            return ended.delivery == Delivery::not_sent ? Verdict::failed : Verdict::good;
        case ErrorCategory::rate_limited:
        case ErrorCategory::cancelled:
        case ErrorCategory::internal:
        case ErrorCategory::circuit_open:
        case ErrorCategory::no_route:
            return Verdict::nothing;
        default:
            return Verdict::good;
    }
}

void InstanceModel::learn_rest(
    AttemptRecord const& attempt, OperationRecord const& operation, TimePoint now
) {
    auto const& ended = *attempt.ended;
    auto const* const exchange = exchange_of(attempt, operation);
    if (!asks_for_rest(ended)) return;
    // A failed token request asks for a rest, too; only the client knows for how long.
    bool const is_told = exchange == nullptr || exchange->client_decides_rest;
    if (is_told || (!exchange->retry_after && !last_rest_)) {
        if (is_told) last_rest_.reset();
        if (told_rest_) rests_until_ = std::max(rests_until_, now) + *told_rest_;
        return;
    }
    auto const& retry = config_.retry;
    if (!exchange->retry_after) {
        bool const is_over = rests_until_ <= now;
        auto const first = std::min(retry.rest, retry.max_rest);
        if (last_rest_ == milliseconds(0)) {
            last_rest_ = first;
        } else if (is_over) {
            last_rest_ = std::min(2 * *last_rest_, retry.max_rest);
        }
    }
    auto const length = exchange->retry_after
                            ? std::min(*exchange->retry_after, retry.max_retry_after)
                            : *last_rest_;
    auto const until = now + length;
    rests_until_ = std::max(rests_until_, until);
}

std::string InstanceModel::end_call(Verdict verdict, TimePoint now) {
    if (verdict == Verdict::nothing) return {};
    row_ = verdict == Verdict::could_not_connect ? row_ + 1 : 0;
    calls_.push_back({now, verdict != Verdict::good});
    // What is old is dropped by parts of the window, so a little more or less may be remembered.
    auto const window = config_.breaker.window;
    while (!calls_.empty() && calls_.front().when <= now - window) calls_.pop_front();
    bool const by_row = row_ >= config_.breaker.connection_failures;
    auto const latest_cut = now - window + window / 10 + milliseconds(1);
    bool const at_latest = too_many_failed_since(latest_cut);
    bool may_open = by_row || at_latest;
    bool must_open = by_row || at_latest;
    for (auto const& call : calls_) {
        if (call.when > latest_cut) break;
        bool const opens = too_many_failed_since(call.when);
        may_open |= opens;
        must_open &= opens || by_row;
    }
    auto const told = std::exchange(told_, std::nullopt);
    if (told == BreakerState::open) {
        if (!may_open) return name_ + " was opened for no reason";
        return enter_open(now);
    }
    if (told) return unexpected(*told);
    return must_open ? name_ + " failed too often and was not opened" : std::string();
}

bool InstanceModel::too_many_failed_since(TimePoint begin) const noexcept {
    std::size_t calls = 0;
    std::size_t failed = 0;
    for (auto const& call : calls_) {
        if (call.when < begin) continue;
        ++calls;
        if (call.failed) ++failed;
    }
    if (calls < config_.breaker.minimum_calls) return false;
    return static_cast<double>(failed) / static_cast<double>(calls) >=
           config_.breaker.failure_ratio;
}

std::string InstanceModel::end_probe(Verdict verdict, TimePoint now) {
    --probes_;
    auto const told = std::exchange(told_, std::nullopt);
    if (verdict == Verdict::nothing) return told ? unexpected(*told) : std::string();
    if (verdict != Verdict::good) {
        if (told != BreakerState::open) return name_ + " was not opened by a probe that failed";
        return enter_open(now);
    }
    ++good_probes_;
    bool const needs_more = good_probes_ < config_.breaker.good_probes;
    if (needs_more) return told ? unexpected(*told) : std::string();
    if (told != BreakerState::closed) return name_ + " was not closed by good probes";
    restore();
    return {};
}

std::string InstanceModel::enter_open(TimePoint now) {
    auto const jitter = next_opening_ / 10 + milliseconds(1);
    bool const within = std::chrono::abs(told_open_for_ - next_opening_) <= jitter;
    auto const expected = next_opening_;
    next_opening_ = std::min(2 * next_opening_, config_.breaker.max_open);
    open_until_ = now + told_open_for_;
    enter(BreakerState::open);
    if (within) return {};
    return name_ + " opened for " + std::to_string(told_open_for_.count()) + " ms and not for " +
           std::to_string(expected.count());
}

void InstanceModel::isolate() noexcept {
    enter(BreakerState::isolated);
    told_.reset();
}

void InstanceModel::restore() noexcept {
    next_opening_ = std::min(config_.breaker.open, config_.breaker.max_open);
    enter(BreakerState::closed);
    told_.reset();
}

void InstanceModel::enter(BreakerState state) noexcept {
    state_ = state;
    news_ = state;
    ++epoch_;
    calls_.clear();
    row_ = 0;
    probes_ = 0;
    good_probes_ = 0;
}

std::optional<BreakerState> InstanceModel::take_news() noexcept {
    return std::exchange(news_, std::nullopt);
}

std::string InstanceModel::unexpected(BreakerState state) const {
    return name_ + " became " + std::string(to_string(state)) + " for no reason";
}

std::string InstanceModel::compare(InstanceHealth const& health, TimePoint now) const {
    auto const told = [&](std::string const& what, auto is, auto expected) {
        return name_ + ": " + what + " is " + std::to_string(is) + " and should be " +
               std::to_string(expected);
    };
    if (health.breaker != state(now)) {
        return name_ + " is " + std::string(to_string(health.breaker)) + " and should be " +
               std::string(to_string(state(now)));
    }
    if (health.budget_left != budget_) return told("budget", health.budget_left, budget_);
    if (health.in_flight != in_flight_) return told("in flight", health.in_flight, in_flight_);
    auto const rest = rests(now) ? std::chrono::ceil<milliseconds>(rests_until_ - now).count() : 0;
    auto const is = health.rests_for ? health.rests_for->count() : 0;
    if (std::abs(is - rest) > 1) return told("rest", is, rest);
    return {};
}

}  // namespace otp::simulation
