#include "delivery/run/loop.hpp"

#include "delivery/decide/backoff.hpp"
#include "delivery/decide/documented_repetition.hpp"
#include "delivery/decide/stop_reason.hpp"
#include "delivery/run/nobody_asked.hpp"
#include "platform/random_draw.hpp"
#include "platform/resource_failure.hpp"

#include <otp/seam/time_after.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace otp::delivery {

using std::chrono::milliseconds;

Loop::Loop(
    Environment& environment,
    std::shared_ptr<Roster const> roster,
    Plan plan,
    milliseconds time_limit,
    Call& call,
    Completion& completion
)
    : roster_(std::move(roster)),
      operation_(environment, std::move(plan), time_limit, call),
      attempt_(operation_, *this),
      completion_(completion) {}

// What goes on begins here, in `on_verdict`, in `on_wait_over` or in a handler of the attempt. An
// exception ends it and goes no further: nobody else would.
void Loop::start(std::shared_ptr<void> const& owner) try {
    operation_.owner = owner;
    if (operation_.environment.guard) return ask_guard();
    decide(operation_.begun);
} catch (...) {
    attempt_threw(std::current_exception());
}

void Loop::attempt_threw(std::exception_ptr const& thrown) {
    // A user's handler has thrown.
    if (ended_) std::rethrow_exception(thrown);
    Error error = platform::resource_error("the operation", {}, thrown);
    error.delivery = attempt_.delivery_if_cut_short();
    try {
        attempt_given_up(error);
    } catch (...) {
        if (ended_) throw;
        // The attempts cannot be told of; the outcome can.
        ended_ = true;
        if (attempt_.is_confirming() || may_have_sent_ || !operation_.is_ours()) {
            error.delivery = Delivery::unknown;
        }
        settle({error.delivery, {}});
        completion_.fail(std::move(error));
    }
}

void Loop::cancel() {
    operation_.cancelled = true;
    if (timer_) return timer_->cancel();
    operation_.cancel();
}

void Loop::end_wait() noexcept {
    if (timer_) return timer_->cancel();
    operation_.cancel();
}

void Loop::ask_guard() {
    // What is not sent by this process needs no permission.
    if (operation_.cancelled || !operation_.is_ours()) return decide(operation_.begun);
    auto& environment = operation_.environment;
    auto on_verdict = [self = shared()](Guard::Verdict verdict) {
        self->on_verdict(std::move(verdict));
    };
    auto verdict = environment.guard->reserve(
        operation_.call.guard_request(operation_.plan.target()),
        operation_.deadline,
        boost::asio::bind_cancellation_slot(operation_.cancellation.slot(), std::move(on_verdict))
    );
    if (verdict) return obey_guard(std::move(*verdict), operation_.begun);
    environment.waits.push_back(*this);
}

void Loop::on_verdict(Guard::Verdict verdict) try {
    unlink();
    obey_guard(std::move(verdict), operation_.now());
} catch (...) {
    attempt_threw(std::current_exception());
}

void Loop::obey_guard(Guard::Verdict&& verdict, Clock::TimePoint now) {
    if (verdict) reservation_ = std::move(*verdict);
    // As above: its parent obeys.
    if (!operation_.is_ours()) return decide(now);
    if (operation_.cancelled || operation_.environment.closed) return end_without_attempt();
    if (verdict) return decide(now);
    Error refusal = std::move(verdict).error();
    refusal.delivery = Delivery::not_sent;
    auto const rule = refusal.stop.value_or(DecisionReason::refused);
    end_with(std::move(refusal), rule);
}

void Loop::go_on() {
    decide(operation_.now());
}

void Loop::decide(Clock::TimePoint now) {
    auto const situation = operation_.course.situation(now, std::nullopt);
    obey(next_step(situation), situation);
}

void Loop::obey(Step const& step, Situation const& situation) {
    if (auto const* const next = std::get_if<Ask>(&step)) {
        return ask(next->candidate, situation.now);
    }
    if (auto const* const pause = std::get_if<Wait>(&step)) return wait(*pause, situation.now);
    stop(std::get<Stop>(step).reason, situation);
}

void Loop::ask(std::size_t place, Clock::TimePoint now) {
    if (place > 0) skip_until(place);
    bool const repeats = operation_.course.attempts_at(place) > 0;
    // Another operation may have taken the last of the budget meanwhile.
    if (repeats && !pay_for_repetition(place)) return go_on();
    attempt_.begin(place, now);
}

bool Loop::pay_for_repetition(std::size_t place) {
    bool const rested = operation_.course.fault_at(place) == Fault::busy;
    auto const kind = rested ? RetryBudget::Kind::after_rest : RetryBudget::Kind::retry;
    return operation_.plan[place]->condition->take(kind);
}

void Loop::wait(Wait const& step, Clock::TimePoint now) {
    auto const length = std::chrono::ceil<milliseconds>(step.until - now);
    auto& environment = operation_.environment;
    operation_.journal.waits(*operation_.plan[step.candidate], length, step.reason);
    // Cancelled while the answer was on its way here, or closed by an observer.
    if (operation_.cancelled || environment.closed) return end_without_attempt();
    timer_ = environment.clock->make_timer(environment.executor);
    environment.waits.push_back(*this);
    timer_->async_wait_until(step.until, [self = shared(), length](boost::system::error_code) {
        self->on_wait_over(length);
    });
}

void Loop::on_wait_over(milliseconds waited) try {
    timer_.reset();
    unlink();
    operation_.log.waited(waited);
    if (!operation_.is_ours()) {
        return attempt_given_up(
            Error(ErrorCategory::cancelled, std::string(platform::left_to_parent))
        );
    }
    if (operation_.cancelled || operation_.environment.closed) return end_without_attempt();
    go_on();
} catch (...) {
    attempt_threw(std::current_exception());
}

void Loop::stop(DecisionReason reason, Situation const& situation) {
    auto const& plan = operation_.plan;
    if (!last_error_) {
        skip_until(plan.size());
        return end_with(error_of_nobody_asked(plan, situation), reason);
    }
    bool const nobody_can_serve =
        situation.attempts == 0 && plan.size() > 1 && reason == DecisionReason::no_instance_left;
    if (nobody_can_serve) {
        last_error_->category = ErrorCategory::no_route;
        last_error_->message =
            "no instance of the route can serve this request; the last one says: " +
            last_error_->message;
    }
    end_with(std::move(*last_error_), reason);
}

void Loop::attempt_failed(Error error, Fault fault, FailedIn failed_in) {
    if (fault == Fault::ended) return attempt_given_up(std::move(error));
    auto& course = operation_.course;
    auto const place = attempt_.place();
    course.failed(place, fault);
    hold_back(fault);
    if (fault == Fault::unknown) {
        keep_open_outcome();
        if (asks_for_repetition(attempt_.adapter().vendor(), error.http_status) &&
            operation_.call.kind() == OperationKind::send) {
            course.document_repetition(place);
        }
    }
    auto const situation = course.situation(operation_.now(), fault);
    auto const step = next_step(situation);
    record_failure(error, step, failed_in);
    // What was tried says more than what could not be.
    bool const was_tried = failed_in == FailedIn::exchange || course.attempts() == 0;
    if (was_tried) last_error_.emplace(std::move(error));
    obey(step, situation);
}

void Loop::hold_back(Fault fault) {
    auto const& instance = attempt_.instance();
    auto const now = operation_.now();
    auto begin = now;
    if (fault == Fault::busy) {
        // So that those who waited for the end of a rest do not come back together.
        begin = std::max(now, instance.condition->availability(now).rests_until);
    } else if (fault != Fault::network && fault != Fault::unknown) {
        return;
    }
    auto const place = attempt_.place();
    auto const delay = backoff_delay(
        instance.config.delivery.retry,
        operation_.course.attempts_at(place),
        platform::random_draw(*operation_.environment.random)
    );
    operation_.course.hold_back(place, time_after(begin, delay));
}

/// A code may be on its way: it can be checked with the last handle that there is.
void Loop::keep_open_outcome() {
    may_have_sent_ = true;
    auto handle = attempt_.handle_before_answer();
    if (handle) handle_of_lost_ = std::move(handle);
}

void Loop::record_failure(Error const& error, Step const& step, FailedIn failed_in) {
    auto const* const last = std::get_if<Stop>(&step);
    bool const others_count =
        failed_in == FailedIn::encoding && (last == nullptr || operation_.course.attempts() > 0);
    if (others_count) {
        return attempt_.record_failure(error, Decision::skip, DecisionReason::cannot_serve);
    }
    if (last != nullptr) {
        if (is_about_others(last->reason)) skip_until(operation_.plan.size());
        return attempt_.record_failure(error, Decision::finish, last->reason);
    }
    auto const* const now = std::get_if<Ask>(&step);
    auto const* const later = std::get_if<Wait>(&step);
    auto const next = now != nullptr ? now->candidate : later->candidate;
    auto const reason = now != nullptr ? now->reason : later->reason;
    bool const is_same = next == attempt_.place();
    attempt_.record_failure(error, is_same ? Decision::retry : Decision::next_instance, reason);
}

void Loop::skip_until(std::size_t place) {
    for (std::size_t passed = 0; passed < place; ++passed) {
        auto const reason = operation_.course.pass_over(passed);
        if (reason) operation_.log.skipped(operation_.plan[passed]->config, *reason);
    }
}

void Loop::attempt_succeeded(Attempt const& accepted) {
    ended_ = true;
    settle({Delivery::accepted, accepted.outcome});
    if (may_have_sent_) operation_.call.may_have_sent_more();
    if (operation_.journal.is_heard()) {
        OperationEnded end;
        end.delivery = Delivery::accepted;
        end.instance = attempt_.instance().config.name;
        report_end(end);
    }
    completion_.succeed(operation_.log.take());
}

void Loop::attempt_given_up(Error error) {
    attempt_.give_up(error);
    auto const reason = reason_of_end(error);
    attempt_.record_failure(error, Decision::finish, reason);
    if (error.delivery == Delivery::unknown && !attempt_.is_confirming()) keep_open_outcome();
    end_with(std::move(error), reason);
}

void Loop::end_without_attempt() {
    Error error(
        ErrorCategory::cancelled,
        operation_.cancelled ? "cancelled by the caller" : "the client was closed"
    );
    attempt_.describe(error);
    end_with(std::move(error), DecisionReason::cancelled);
}

void Loop::end_with(Error error, DecisionReason reason) {
    error.handle.reset();
    if (may_have_sent_) {
        error.delivery = Delivery::unknown;
        error.handle = std::move(handle_of_lost_);
    }
    error.stop = reason;
    OperationEnded end;
    end.failure = error.category;
    end.delivery = error.delivery;
    end.stop = reason;
    if (operation_.course.attempts() > 0) end.instance = error.instance;
    report_end(end);
    error.attempts = operation_.log.take();
    ended_ = true;
    settle({error.delivery, {}});
    completion_.fail(std::move(error));
}

void Loop::settle(Settlement const& settlement) noexcept {
    // What becomes of a parent's operation is settled there.
    if (reservation_ && operation_.is_ours()) reservation_->settle(settlement);
}

void Loop::report_end(OperationEnded& end) {
    end.attempts = operation_.course.attempts();
    end.latency =
        std::chrono::duration_cast<std::chrono::microseconds>(operation_.now() - operation_.begun);
    operation_.journal.ended(end);
}

}  // namespace otp::delivery
