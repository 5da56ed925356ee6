#include "observe/exposition.hpp"
#include "observe/metrics.hpp"

#include <otp/observe/prometheus_observer.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace otp {

namespace {

std::string_view category_of(std::optional<ErrorCategory> failure) noexcept {
    return failure ? to_string(*failure) : "accepted";
}

std::string_view outcome_of(std::optional<ErrorCategory> failure) noexcept {
    return failure ? to_string(*failure) : "succeeded";
}

void count_decision(observe::Metrics& metrics, Attempt const& attempt) {
    auto const reason = to_string(attempt.reason);
    if (attempt.decision == Decision::retry) metrics.retries.of({attempt.instance, reason}).add();
    if (attempt.decision == Decision::next_instance) {
        metrics.failovers.of({attempt.instance, reason}).add();
    }
}

void count_attempt(observe::Metrics& metrics, OperationKind of_kind, Attempt const& attempt) {
    auto const kind = to_string(of_kind);
    metrics.attempts
        .of(
            {attempt.instance,
             attempt.vendor,
             kind,
             category_of(attempt.failure),
             to_string(attempt.delivery)}
        )
        .add();
    metrics.attempt_duration.of({attempt.instance, kind}).add(attempt.latency);
    // An approval that is confirmed is counted when it has been.
    if (attempt.outcome && attempt.decision == Decision::finish) {
        metrics.code_checks.of({attempt.instance, to_string(*attempt.outcome)}).add();
    }
    count_decision(metrics, attempt);
}

}  // namespace

class PrometheusObserver::State {
public:
    template <class Event>
    void count(Event const& event) noexcept {
        try {
            std::lock_guard const lock(mutex_);
            event(metrics_);
        } catch (...) {
            ++dropped_;
        }
    }

    [[nodiscard]] std::string text() const {
        std::string text;
        std::lock_guard const lock(mutex_);
        text.reserve(last_size_);
        metrics_.append(text);
        auto const* const name = "otp_observer_dropped_events_total";
        observe::append_head(text, name, "Events that could not be counted.", "counter");
        observe::append_sample(text, name, "", std::to_string(dropped_));
        last_size_ = text.size();
        return text;
    }

private:
    mutable std::mutex mutex_;
    observe::Metrics metrics_;
    std::atomic<std::uint64_t> dropped_{0};
    /// The next text is hardly shorter, and the lock is held while it is written.
    mutable std::size_t last_size_{0};
};

PrometheusObserver::PrometheusObserver() : state_(std::make_unique<State>()) {}

PrometheusObserver::~PrometheusObserver() = default;

std::string PrometheusObserver::text() const {
    return state_->text();
}

void PrometheusObserver::on_attempt_begun(AttemptBegun const& event) noexcept {
    state_->count([&event](auto& metrics) { metrics.in_flight.of({event.instance}).raise(); });
}

void PrometheusObserver::on_attempt_ended(AttemptEnded const& event) noexcept {
    state_->count([&event](auto& metrics) {
        auto const& attempt = event.attempt;
        if (event.number != 0) metrics.in_flight.of({attempt.instance}).lower();
        if (attempt.decision == Decision::skip) {
            metrics.skips.of({attempt.instance, to_string(attempt.reason)}).add();
        } else {
            count_attempt(metrics, event.operation.kind, attempt);
        }
    });
}

void PrometheusObserver::on_wait(WaitBegun const& event) noexcept {
    state_->count([&event](auto& metrics) {
        auto const reason = to_string(event.reason);
        metrics.waits.of({event.instance, reason}).add();
        metrics.wait_seconds.of({event.instance, reason}).add(event.wait);
    });
}

void PrometheusObserver::on_operation_ended(OperationEnded const& event) noexcept {
    state_->count([&event](auto& metrics) {
        auto const kind = to_string(event.operation.kind);
        auto const target = event.operation.target;
        metrics.operations.of({kind, target, outcome_of(event.failure), to_string(event.stop)})
            .add();
        metrics.operation_duration.of({kind}).add(event.latency);
    });
}

void PrometheusObserver::on_breaker_change(BreakerChange const& event) noexcept {
    state_->count([&event](auto& metrics) {
        metrics.breaker_changes.of({event.instance, to_string(event.to)}).add();
    });
}

void PrometheusObserver::on_rest(RestBegun const& event) noexcept {
    state_->count([&event](auto& metrics) {
        metrics.rests.of({event.instance}).add();
        metrics.rest_seconds.of({event.instance}).add(event.rest);
    });
}

void PrometheusObserver::on_token_fetched(TokenFetched const& event) noexcept {
    state_->count([&event](auto& metrics) {
        metrics.token_fetches.of({event.instance, category_of(event.failure)}).add();
    });
}

void PrometheusObserver::on_reload(Reloaded const& event) noexcept {
    state_->count([&event](auto& metrics) {
        metrics.reloads.of({event.failure ? to_string(*event.failure) : "succeeded"}).add();
    });
}

void PrometheusObserver::on_warning(Warning const& warning) noexcept {
    state_->count([&warning](auto& metrics) { metrics.warnings.of({warning.instance}).add(); });
}

}  // namespace otp
