#include "delivery/run/journal.hpp"

#include <string>
#include <utility>

namespace otp::delivery {

namespace {

template <class Event>
using Report = void (Observer::*)(Event const&) noexcept;

template <class Event>
void report(Environment const& environment, Report<Event> member, Event const& event) noexcept {
    for (auto const& observer : environment.observers) (observer.get()->*member)(event);
}

}  // namespace

Journal::Journal(
    Environment& environment,
    OperationKind kind,
    std::string_view target,
    std::string_view traceparent
) noexcept
    : environment_(environment), operation_{++environment.operations, kind, target, traceparent} {}

void Journal::attempt_begun(Instance const& instance, std::size_t attempt) noexcept {
    if (!is_heard()) return;
    attempt_ = attempt;
    AttemptBegun const event{operation_, instance.config.name, instance.config.vendor, attempt};
    report(environment_, &Observer::on_attempt_begun, event);
}

void Journal::attempt_ended(Attempt const& attempt) noexcept {
    if (!is_heard()) return;
    // Instances are passed over before an attempt, and behind it before its own end is told.
    bool const was_begun = attempt.decision != Decision::skip;
    AttemptEnded const event{operation_, attempt, was_begun ? std::exchange(attempt_, 0) : 0};
    report(environment_, &Observer::on_attempt_ended, event);
}

void Journal::waits(Instance const& instance, std::chrono::milliseconds wait, DecisionReason reason)
    const noexcept {
    if (!is_heard()) return;
    WaitBegun const event{operation_, instance.config.name, wait, reason};
    report(environment_, &Observer::on_wait, event);
}

void Journal::condition_changed(Instance const& instance, Condition::Changes const& changes)
    const noexcept {
    if (changes.breaker) report_change(environment_, instance.config, *changes.breaker);
    if (!changes.rest || !is_heard()) return;
    RestBegun const event{instance.config.name, instance.config.vendor, *changes.rest};
    report(environment_, &Observer::on_rest, event);
}

void Journal::warns(Attempt const& accepted, std::vector<std::string> const* messages) const {
    if (!is_heard() || messages == nullptr) return;
    for (std::string const& message : *messages) {
        Warning const warning{accepted.instance, accepted.vendor, message};
        report(environment_, &Observer::on_warning, warning);
    }
}

void Journal::ended(OperationEnded& event) const noexcept {
    if (!is_heard()) return;
    event.operation = operation_;
    report<OperationEnded>(environment_, &Observer::on_operation_ended, event);
}

void report_change(
    Environment const& environment, InstanceConfig const& instance, Breaker::Change const& change
) noexcept {
    BreakerChange const event{
        instance.name, instance.vendor, change.from, change.to, change.open_for};
    report(environment, &Observer::on_breaker_change, event);
}

}  // namespace otp::delivery
