#include "delivery/run/loop.hpp"

#include "delivery/decide/backoff.hpp"
#include "delivery/decide/classify.hpp"
#include "delivery/decide/clock_difference.hpp"
#include "delivery/decide/redact.hpp"
#include "delivery/run/nobody_asked.hpp"
#include "platform/random_draw.hpp"
#include "platform/resource_failure.hpp"

#include <otp/adapter/text_check.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/recycling_allocator.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace otp::delivery {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

/// The vendor has counted the check, whatever became of the question about it.
void leave_unconfirmed(Error& error) {
    error.delivery = Delivery::unknown;
    std::string_view const reason =
        error.message.empty() ? describe(error.category) : error.message;
    error.message =
        "the vendor took the code, but the approval could not be confirmed: " + std::string(reason);
}

Error cancelled_by_caller() {
    return Error(ErrorCategory::cancelled, "cancelled by the caller");
}

/// Why an operation ends with an error that nothing can follow.
DecisionReason reason_of_end(Error const& error) noexcept {
    if (error.delivery == Delivery::unknown) return DecisionReason::may_have_been_sent;
    if (error.category == ErrorCategory::cancelled) return DecisionReason::cancelled;
    if (error.category == ErrorCategory::deadline_exceeded) {
        return DecisionReason::deadline_exceeded;
    }
    return DecisionReason::failed_here;
}

/// Whether an operation ended because nobody else could be asked.
bool is_about_others(DecisionReason reason) noexcept {
    switch (reason) {
        case DecisionReason::no_instance_left:
        case DecisionReason::isolated:
        case DecisionReason::deadline_too_near:
        case DecisionReason::budget_empty:
        case DecisionReason::attempts_used_up:
            return true;
        default:
            return false;
    }
}

bool asks_for_repetition(VendorDescription const& vendor, int http_status) {
    return std::any_of(
        vendor.repetitions.begin(),
        vendor.repetitions.end(),
        [http_status](DocumentedRepetition const& answers) {
            return http_status >= answers.first_status && http_status <= answers.last_status;
        }
    );
}

}  // namespace

/// The transport's handler: keeps the loop alive, and carries its cancellation.
struct Loop::OnExchange {
    std::shared_ptr<Loop> loop;

    using cancellation_slot_type = asio::cancellation_slot;
    [[nodiscard]] cancellation_slot_type get_cancellation_slot() const noexcept {
        return loop->cancellation_.slot();
    }
    using allocator_type = asio::recycling_allocator<void>;
    [[nodiscard]] allocator_type get_allocator() const noexcept { return {}; }

    void operator()(HttpExchange const& answered) { loop->on_exchange(answered); }
};

Loop::Loop(
    Environment& environment,
    std::shared_ptr<Roster const> roster,
    Plan plan,
    milliseconds time_limit,
    Call& call,
    Completion& completion
)
    : environment_(environment),
      roster_(std::move(roster)),
      plan_(std::move(plan)),
      call_(call),
      completion_(completion),
      operation_begun_(environment.clock->now()),
      begun_(operation_begun_),
      deadline_(time_after(begun_, time_limit)),
      course_(plan_, deadline_),
      journal_(environment, call.kind(), plan_.target(), call.traceparent()),
      instance_(plan_[0].get()) {
    context_.hints_are_fitted = true;
}

// What goes on begins here, in `on_token`, in `on_exchange` or in `on_wait_over`. An exception ends
// it and goes no further: nobody else would.
void Loop::start(std::shared_ptr<void> const& owner) try {
    owner_ = owner;
    obey(next_step(course_.situation(begun_, std::nullopt)));
} catch (...) {
    end_for(std::current_exception());
}

void Loop::end_for(std::exception_ptr const& thrown) {
    // A user's handler has thrown.
    if (ended_) std::rethrow_exception(thrown);
    Error error = platform::resource_error("the operation", {}, thrown);
    error.delivery = delivery_if_cut_short_;
    try {
        finish_with(error);
    } catch (...) {
        if (ended_) throw;
        // The attempts cannot be told of; the outcome can.
        ended_ = true;
        if (confirming_ || may_have_sent_ || !begun_in_.is_this()) {
            error.delivery = Delivery::unknown;
        }
        completion_.fail(std::move(error));
    }
}

void Loop::cancel() {
    cancelled_ = true;
    if (timer_) return timer_->cancel();
    cancellation_.emit(asio::cancellation_type::terminal);
}

void Loop::end_wait() noexcept {
    timer_->cancel();
}

void Loop::end_without_attempt() {
    auto error = cancelled_ ? cancelled_by_caller()
                            : Error(ErrorCategory::cancelled, "the client was closed");
    describe(error);
    end_with(std::move(error), DecisionReason::cancelled);
}

void Loop::go_on() {
    obey(next_step(course_.situation(environment_.clock->now(), std::nullopt)));
}

void Loop::obey(Step const& step) {
    if (auto const* const next = std::get_if<Ask>(&step)) return ask(next->candidate);
    if (auto const* const pause = std::get_if<Wait>(&step)) return wait(*pause);
    stop(std::get<Stop>(step).reason);
}

void Loop::ask(std::size_t place) {
    if (place > 0) skip_until(place);
    place_ = place;
    instance_ = plan_[place].get();
    if (course_.attempts_at(place) > 0) {
        bool const rested = course_.fault_at(place) == Fault::busy;
        auto const kind = rested ? RetryBudget::Kind::after_rest : RetryBudget::Kind::retry;
        // Another operation took the last of it meanwhile.
        if (!instance().condition->take(kind)) return go_on();
    }
    begin_attempt();
}

void Loop::wait(Wait const& step) {
    auto const now = environment_.clock->now();
    auto const length = std::chrono::ceil<milliseconds>(step.until - now);
    journal_.waits(*plan_[step.candidate], length, step.reason);
    // Cancelled while the answer was on its way here, or closed by an observer.
    if (cancelled_ || environment_.closed) return end_without_attempt();
    timer_ = environment_.clock->make_timer(environment_.executor);
    environment_.waits.push_back(*this);
    timer_->async_wait_until(step.until, [self = shared(), length](boost::system::error_code) {
        self->on_wait_over(length);
    });
}

void Loop::on_wait_over(milliseconds waited) try {
    timer_.reset();
    unlink();
    waited_ += waited;
    if (!begun_in_.is_this()) return leave_to_parent();
    if (cancelled_ || environment_.closed) return end_without_attempt();
    go_on();
} catch (...) {
    end_for(std::current_exception());
}

void Loop::stop(DecisionReason reason) {
    if (!last_error_) {
        skip_until(plan_.size());
        return end_with(error_of_nobody_asked(plan_, environment_.clock->now()), reason);
    }
    bool const nobody_can_serve =
        course_.attempts() == 0 && plan_.size() > 1 && reason == DecisionReason::no_instance_left;
    if (nobody_can_serve) {
        last_error_->category = ErrorCategory::no_route;
        last_error_->message =
            "no instance of the route can serve this request; the last one says: " +
            last_error_->message;
    }
    end_with(std::move(*last_error_), reason);
}

void Loop::begin_attempt() {
    begun_ = course_.attempts() == 0 && attempts_.empty() && waited_.count() == 0
                 ? operation_begun_
                 : environment_.clock->now();
    delivery_if_cut_short_ = Delivery::not_sent;
    commit_deadline_.reset();
    if (course_.has_alternative_to(place_)) {
        commit_deadline_ = time_after(begun_, instance().config.delivery.commit_timeout);
    }
    phase_.reset();
    lease_.reset();
    context_.instance = instance().config.name;
    context_.now = environment_.clock->utc_now();
    reference_ = environment_.references->next();
    context_.unique_reference = std::string_view(reference_.data(), reference_.size());
    context_.sent = call_.sent_texts(instance().config);
    // What cannot be sent is refused before the first byte, that of a token request included.
    Result<HttpRequest> request = call_.encode(adapter(), context_);
    if (!request) {
        auto refusal = request.error();
        refusal.delivery = Delivery::not_sent;
        redact_refusal(refusal, context_.sent);
        return fail_attempt(std::move(refusal), FailedIn::encoding);
    }
    if (cancelled_) return finish_with(cancelled_by_caller());
    auto begun = instance().condition->begin();
    running_.emplace(std::move(begun.attempt));
    if (begun.change) report_change(environment_, instance().config, *begun.change);
    course_.attempt_begun(place_);
    journal_.attempt_begun(instance(), course_.attempts());
    if (!instance().tokens) return exchange(std::move(*request));
    if (auto cached = instance().tokens->cached()) {
        return exchange_with(std::move(*cached), std::move(*request));
    }
    wait_for_token(std::move(*request));
}

void Loop::exchange_with(TokenSource::Lease lease, HttpRequest&& request) {
    lease_.emplace(std::move(lease));
    context_.sent.set_access_token(lease_->token->reveal());
    exchange(std::move(request));
}

Clock::TimePoint Loop::token_deadline() const noexcept {
    return std::min(deadline_, commit_deadline_.value_or(deadline_));
}

void Loop::wait_for_token(HttpRequest&& request) {
    auto continue_with =
        [self = shared(), waiting = std::move(request)](
            std::exception_ptr thrown, std::optional<Result<TokenSource::Lease>> lease
        ) mutable { self->on_token(thrown, std::move(lease), std::move(waiting)); };
    asio::co_spawn(
        environment_.executor,
        instance().tokens->get(token_deadline()),
        asio::bind_cancellation_slot(cancellation_.slot(), std::move(continue_with))
    );
}

void Loop::on_token(
    std::exception_ptr const& thrown,
    std::optional<Result<TokenSource::Lease>> lease,
    HttpRequest&& request
) try {
    if (cancelled_) return finish_with(cancelled_by_caller());
    if (thrown || !lease) {
        return finish_with(platform::resource_error("waiting for a token", {}, thrown));
    }
    if (lease->has_error()) return finish_without_token(lease->error());
    exchange_with(std::move(**lease), std::move(request));
} catch (...) {
    end_for(std::current_exception());
}

void Loop::finish_without_token(Error error) {
    phase_ = error.phase;
    redact(error, context_.sent);
    // Of all that waited for a fetch one reports how it went.
    if (!instance().tokens->take_failure_news()) running_.reset();
    fail_attempt(std::move(error), FailedIn::exchange);
}

void Loop::exchange(HttpRequest&& request) {
    if (!begun_in_.is_this()) return leave_to_parent();
    if (cancelled_) return finish_with(cancelled_by_caller());
    if (lease_) {
        request.headers.push_back(
            {"authorization", adapter::bearer_authorization(lease_->token->reveal())}
        );
    }
    if (auto const traceparent = call_.traceparent(); !traceparent.empty()) {
        request.headers.push_back({"traceparent", std::string(traceparent)});
    }
    Transport::ExchangeHandler handler(OnExchange{shared()});
    delivery_if_cut_short_ = Delivery::unknown;
    // A question comes right behind an answer, when the server may be closing the connection.
    request.repeatable = confirming_ && request.method == HttpMethod::get;
    request.commit_deadline = commit_deadline_;
    instance().transport->async_exchange(std::move(request), deadline_, std::move(handler));
}

void Loop::leave_to_parent() {
    finish_with(Error(ErrorCategory::cancelled, std::string(platform::left_to_parent)));
}

void Loop::on_exchange(HttpExchange const& answered) try {
    phase_ = answered.phase;
    if (!answered.outcome) return fail_with(answered);
    auto const& response = *answered.outcome;
    auto error = confirming_ ? call_.decode_confirmation(adapter(), response, context_)
                             : call_.decode(adapter(), response, context_);
    if (error) return refuse_with(std::move(*error), response);
    succeed_with(response);
} catch (...) {
    end_for(std::current_exception());
}

/// No answer.
void Loop::fail_with(HttpExchange const& lost) {
    delivery_if_cut_short_ = classify_failure(lost);
    Error error = lost.outcome.error();
    error.delivery = delivery_if_cut_short_;
    fail_attempt(std::move(error), FailedIn::exchange);
}

/// The vendor's answer is no success.
void Loop::refuse_with(Error error, HttpResponse const& response) {
    error.http_status = response.status;
    error.delivery = classify_refusal(error);
    delivery_if_cut_short_ = error.delivery;
    redact(error, context_.sent);
    tell_clock_difference(error, response, context_.now, environment_.clock->utc_now());
    // A renewal begins anew, which would have the code checked twice.
    if (confirming_ || !lease_ || !may_renew_token(error, lease_->was_cached, token_renewed_)) {
        return fail_attempt(std::move(error), FailedIn::exchange);
    }
    renew_token(std::move(error));
}

void Loop::renew_token(Error error) {
    instance().tokens->invalidate(lease_->generation);
    auto const availability = instance().condition->availability(environment_.clock->now());
    if (availability.breaker == BreakerState::isolated) {
        return fail_attempt(std::move(error), FailedIn::exchange);
    }
    token_renewed_ = true;
    // The token was too old: that says nothing about the account.
    running_.reset();
    describe(error);
    add_failed_attempt(error, Decision::renew_token, DecisionReason::token_refused);
    begin_attempt();
}

void Loop::succeed_with(HttpResponse const& response) {
    std::optional<HttpRequest> question;
    if (!confirming_) question = call_.encode_confirmation(adapter(), response, context_);
    if (running_) {
        auto const now = environment_.clock->now();
        auto const changes = instance().condition->succeed(std::move(*running_), now);
        running_.reset();
        journal_.condition_changed(instance(), changes);
    }
    Attempt& accepted = add_attempt();
    accepted.delivery = Delivery::accepted;
    accepted.http_status = response.status;
    call_.describe_success(accepted);
    if (question) {
        accepted.decision = Decision::confirm;
        accepted.reason = DecisionReason::needs_confirmation;
    }
    journal_.attempt_ended(accepted);
    journal_.warns(accepted, call_.warnings());
    if (question) return confirm(std::move(*question));
    ended_ = true;
    if (may_have_sent_) call_.may_have_sent_more();
    if (journal_.is_heard()) {
        OperationEnded end;
        end.delivery = Delivery::accepted;
        end.instance = instance().config.name;
        report_end(end);
    }
    completion_.succeed(std::move(attempts_));
}

void Loop::confirm(HttpRequest&& question) {
    confirming_ = true;
    begun_ = environment_.clock->now();
    phase_.reset();
    commit_deadline_.reset();
    journal_.attempt_begun(instance(), course_.attempts());
    exchange(std::move(question));
}

void Loop::fail_attempt(Error error, FailedIn failed_in) {
    if (confirming_ || !begun_in_.is_this()) return finish_with(std::move(error));
    describe(error);
    auto const fault = fault_of(error, failed_in);
    if (failed_in == FailedIn::exchange) teach_condition(error, fault);
    if (fault == Fault::ended) return finish_with(std::move(error));
    course_.failed(place_, fault);
    hold_back(fault);
    if (fault == Fault::unknown) {
        keep_open_outcome();
        if (asks_for_repetition(adapter().vendor(), error.http_status) &&
            call_.kind() == OperationKind::send) {
            course_.document_repetition(place_);
        }
    }
    auto const step = next_step(course_.situation(environment_.clock->now(), fault));
    record_failure(error, step, failed_in);
    // What was tried says more than what could not be.
    bool const was_tried = failed_in == FailedIn::exchange || course_.attempts() == 0;
    if (was_tried) last_error_.emplace(std::move(error));
    obey(step);
}

void Loop::record_failure(Error const& error, Step const& step, FailedIn failed_in) {
    auto const* const last = std::get_if<Stop>(&step);
    bool const others_count =
        failed_in == FailedIn::encoding && (last == nullptr || course_.attempts() > 0);
    if (others_count) {
        return add_failed_attempt(error, Decision::skip, DecisionReason::cannot_serve);
    }
    if (last != nullptr) {
        if (is_about_others(last->reason)) skip_until(plan_.size());
        return add_failed_attempt(error, Decision::finish, last->reason);
    }
    auto const* const now = std::get_if<Ask>(&step);
    auto const* const later = std::get_if<Wait>(&step);
    auto const next = now != nullptr ? now->candidate : later->candidate;
    auto const reason = now != nullptr ? now->reason : later->reason;
    add_failed_attempt(error, next == place_ ? Decision::retry : Decision::next_instance, reason);
}

/// A code may be on its way: it can be checked with the last handle that there is.
void Loop::keep_open_outcome() {
    may_have_sent_ = true;
    auto handle = call_.handle_before_answer(adapter(), context_);
    if (handle) handle_of_lost_ = std::move(handle);
}

/// Tells all other operations what this one has found.
void Loop::teach_condition(Error const& error, Fault fault) {
    if (!running_) return;
    Condition::Failure failure;
    failure.category = error.category;
    auto const now = environment_.clock->now();
    failure.verdict = verdict_of(error, fault, now - begun_);
    failure.asks_for_rest = asks_for_rest(error);
    failure.retry_after = error.retry_after;
    auto const changes = instance().condition->fail(
        std::move(*running_), failure, now, platform::random_draw(*environment_.random)
    );
    running_.reset();
    journal_.condition_changed(instance(), changes);
}

void Loop::hold_back(Fault fault) {
    auto const now = environment_.clock->now();
    auto begin = now;
    if (fault == Fault::busy) {
        // So that those who waited for the end of a rest do not come back together.
        begin = std::max(now, instance().condition->availability(now).rests_until);
    } else if (fault != Fault::network && fault != Fault::unknown) {
        return;
    }
    auto const delay = backoff_delay(
        instance().config.delivery.retry,
        course_.attempts_at(place_),
        platform::random_draw(*environment_.random)
    );
    course_.hold_back(place_, time_after(begin, delay));
}

Attempt& Loop::add_attempt() {
    Attempt& attempt = attempts_.emplace_back();
    attempt.instance = instance().config.name;
    attempt.vendor = instance().config.vendor;
    attempt.hints = call_.take_applied_hints();
    attempt.latency =
        std::chrono::duration_cast<std::chrono::microseconds>(environment_.clock->now() - begun_);
    attempt.phase = phase_;
    attempt.waited_before = std::exchange(waited_, milliseconds(0));
    return attempt;
}

void Loop::describe(Error& error) {
    error.instance = instance().config.name;
    error.vendor = instance().config.vendor;
    error.phase = phase_;
    if (error.category == ErrorCategory::timeout && environment_.clock->now() >= deadline_) {
        error.category = ErrorCategory::deadline_exceeded;
    }
}

void Loop::add_failed_attempt(Error const& error, Decision decision, DecisionReason reason) {
    Attempt& attempt = add_attempt();
    attempt.failure = error.category;
    attempt.delivery = error.delivery;
    attempt.http_status = error.http_status;
    attempt.vendor_code = error.vendor_code;
    attempt.request_id = error.request_id;
    attempt.decision = decision;
    attempt.reason = reason;
    journal_.attempt_ended(attempt);
}

void Loop::skip_until(std::size_t place) {
    for (std::size_t passed = 0; passed < place; ++passed) {
        auto const reason = course_.pass_over(passed);
        if (!reason) continue;
        Attempt& attempt = attempts_.emplace_back();
        attempt.instance = plan_[passed]->config.name;
        attempt.vendor = plan_[passed]->config.vendor;
        attempt.failure = *reason == DecisionReason::resting ? ErrorCategory::unavailable
                                                             : ErrorCategory::circuit_open;
        attempt.decision = Decision::skip;
        attempt.reason = *reason;
        journal_.attempt_ended(attempt);
    }
}

void Loop::finish_with(Error error) {
    if (confirming_) leave_unconfirmed(error);
    // The parent, too, has what failed here, and may have gone on.
    if (!begun_in_.is_this()) error.delivery = Delivery::unknown;
    running_.reset();
    describe(error);
    auto const reason = reason_of_end(error);
    add_failed_attempt(error, Decision::finish, reason);
    if (error.delivery == Delivery::unknown && !confirming_) keep_open_outcome();
    end_with(std::move(error), reason);
}

void Loop::report_end(OperationEnded& end) {
    end.attempts = course_.attempts();
    end.latency = std::chrono::duration_cast<std::chrono::microseconds>(
        environment_.clock->now() - operation_begun_
    );
    journal_.ended(end);
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
    if (course_.attempts() > 0) end.instance = error.instance;
    report_end(end);
    error.attempts = std::move(attempts_);
    ended_ = true;
    completion_.fail(std::move(error));
}

}  // namespace otp::delivery
