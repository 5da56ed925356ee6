#include "delivery/run/running_attempt.hpp"

#include "delivery/decide/classify.hpp"
#include "delivery/decide/clock_difference.hpp"
#include "delivery/decide/redact.hpp"
#include "platform/random_draw.hpp"
#include "platform/resource_failure.hpp"

#include <otp/adapter/text_check.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/recycling_allocator.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace otp::delivery {

namespace asio = boost::asio;

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

}  // namespace

/// The transport's handler: keeps the operation alive, and carries its cancellation.
struct RunningAttempt::OnExchange {
    std::shared_ptr<RunningAttempt> attempt;

    using cancellation_slot_type = asio::cancellation_slot;
    [[nodiscard]] cancellation_slot_type get_cancellation_slot() const noexcept {
        return attempt->operation_.cancellation.slot();
    }
    using allocator_type = asio::recycling_allocator<void>;
    [[nodiscard]] allocator_type get_allocator() const noexcept { return {}; }

    void operator()(HttpExchange const& answered) { attempt->on_exchange(answered); }
};

void RunningAttempt::begin(std::size_t place, Clock::TimePoint now) {
    place_ = place;
    instance_ = operation_.plan[place].get();
    begun_ = now;
    delivery_if_cut_short_ = Delivery::not_sent;
    commit_deadline_.reset();
    if (operation_.course.has_alternative_to(place)) {
        commit_deadline_ = time_after(now, instance().config.delivery.commit_timeout);
    }
    phase_.reset();
    lease_.reset();
    // What cannot be sent is refused before the first byte, that of a token request included.
    Result<HttpRequest> request = encode();
    if (!request) {
        auto refusal = request.error();
        refusal.delivery = Delivery::not_sent;
        redact_refusal(refusal, context_.sent);
        return fail(std::move(refusal), FailedIn::encoding);
    }
    if (operation_.cancelled) return completion_.attempt_given_up(cancelled_by_caller());
    auto begun = instance().condition->begin();
    verdict_due_.emplace(std::move(begun.attempt));
    if (begun.change) report_change(operation_.environment, instance().config, *begun.change);
    operation_.course.attempt_begun(place);
    operation_.journal.attempt_begun(instance(), operation_.course.attempts());
    if (!instance().tokens) return exchange(std::move(*request));
    if (auto cached = instance().tokens->cached()) {
        return exchange_with(std::move(*cached), std::move(*request));
    }
    wait_for_token(std::move(*request));
}

Result<HttpRequest> RunningAttempt::encode() {
    auto& environment = operation_.environment;
    context_.instance = instance().config.name;
    context_.now = environment.clock->utc_now();
    reference_ = environment.references->next();
    context_.unique_reference = std::string_view(reference_.data(), reference_.size());
    context_.sent = operation_.call.sent_texts(instance().config);
    return operation_.call.encode(adapter(), context_);
}

void RunningAttempt::exchange_with(TokenSource::Lease lease, HttpRequest&& request) {
    lease_.emplace(std::move(lease));
    context_.sent.set_access_token(lease_->token->reveal());
    exchange(std::move(request));
}

void RunningAttempt::wait_for_token(HttpRequest&& request) {
    auto continue_with =
        [self = shared(), waiting = std::move(request)](
            std::exception_ptr thrown, std::optional<Result<TokenSource::Lease>> lease
        ) mutable { self->on_token(thrown, std::move(lease), std::move(waiting)); };
    auto const deadline = operation_.deadline;
    asio::co_spawn(
        operation_.environment.executor,
        instance().tokens->get(std::min(deadline, commit_deadline_.value_or(deadline))),
        asio::bind_cancellation_slot(operation_.cancellation.slot(), std::move(continue_with))
    );
}

// What goes on begins here or in `on_exchange`. An exception ends it and goes no further: nobody
// else would.
void RunningAttempt::on_token(
    std::exception_ptr const& thrown,
    std::optional<Result<TokenSource::Lease>> lease,
    HttpRequest&& request
) try {
    if (operation_.cancelled) return completion_.attempt_given_up(cancelled_by_caller());
    if (thrown || !lease) {
        return completion_.attempt_given_up(
            platform::resource_error("waiting for a token", {}, thrown)
        );
    }
    if (lease->has_error()) return end_without_token(lease->error());
    exchange_with(std::move(**lease), std::move(request));
} catch (...) {
    completion_.attempt_threw(std::current_exception());
}

void RunningAttempt::end_without_token(Error error) {
    phase_ = error.phase;
    redact(error, context_.sent);
    // Of all that waited for a fetch one reports how it went.
    if (!instance().tokens->take_failure_news()) verdict_due_.reset();
    fail(std::move(error), FailedIn::exchange);
}

void RunningAttempt::exchange(HttpRequest&& request) {
    if (!operation_.is_ours()) return leave_to_parent();
    if (operation_.cancelled) return completion_.attempt_given_up(cancelled_by_caller());
    if (lease_) {
        request.headers.push_back(
            {"authorization", adapter::bearer_authorization(lease_->token->reveal())}
        );
    }
    if (auto const traceparent = operation_.call.traceparent(); !traceparent.empty()) {
        request.headers.push_back({"traceparent", std::string(traceparent)});
    }
    Transport::ExchangeHandler handler(OnExchange{shared()});
    delivery_if_cut_short_ = Delivery::unknown;
    // A question comes right behind an answer, when the server may be closing the connection.
    request.repeatable = confirming_ && request.method == HttpMethod::get;
    request.commit_deadline = commit_deadline_;
    instance().transport->async_exchange(
        std::move(request), operation_.deadline, std::move(handler)
    );
}

void RunningAttempt::leave_to_parent() {
    completion_.attempt_given_up(
        Error(ErrorCategory::cancelled, std::string(platform::left_to_parent))
    );
}

void RunningAttempt::on_exchange(HttpExchange const& answered) try {
    phase_ = answered.phase;
    if (!answered.outcome) return lose(answered);
    auto const& response = *answered.outcome;
    auto error = confirming_ ? operation_.call.decode_confirmation(adapter(), response, context_)
                             : operation_.call.decode(adapter(), response, context_);
    if (error) return refuse(std::move(*error), response);
    succeed(response);
} catch (...) {
    completion_.attempt_threw(std::current_exception());
}

void RunningAttempt::lose(HttpExchange const& lost) {
    delivery_if_cut_short_ = classify_failure(lost);
    Error error = lost.outcome.error();
    error.delivery = delivery_if_cut_short_;
    fail(std::move(error), FailedIn::exchange);
}

void RunningAttempt::refuse(Error error, HttpResponse const& response) {
    error.http_status = response.status;
    error.delivery = classify_refusal(error);
    delivery_if_cut_short_ = error.delivery;
    redact(error, context_.sent);
    tell_clock_difference(error, response, context_.now, operation_.environment.clock->utc_now());
    // A renewal begins anew, which would have the code checked twice.
    if (confirming_ || !lease_ || !may_renew_token(error, lease_->was_cached, token_renewed_)) {
        return fail(std::move(error), FailedIn::exchange);
    }
    renew_token(std::move(error));
}

void RunningAttempt::renew_token(Error error) {
    instance().tokens->invalidate(lease_->generation);
    auto const now = operation_.now();
    bool const isolated = instance().condition->availability(now).breaker == BreakerState::isolated;
    if (isolated || now >= operation_.deadline) return fail(std::move(error), FailedIn::exchange);
    token_renewed_ = true;
    // The token was too old: that says nothing about the account.
    verdict_due_.reset();
    describe(error);
    record_failure(error, Decision::renew_token, DecisionReason::token_refused);
    begin(place_, operation_.now());
}

void RunningAttempt::succeed(HttpResponse const& response) {
    std::optional<HttpRequest> question;
    if (!confirming_) question = operation_.call.encode_confirmation(adapter(), response, context_);
    auto const now = operation_.now();
    if (verdict_due_) {
        auto const changes = instance().condition->succeed(std::move(*verdict_due_), now);
        verdict_due_.reset();
        operation_.journal.condition_changed(instance(), changes);
    }
    Attempt& accepted = record(now);
    accepted.delivery = Delivery::accepted;
    accepted.http_status = response.status;
    operation_.call.describe_success(accepted);
    if (question) {
        accepted.decision = Decision::confirm;
        accepted.reason = DecisionReason::needs_confirmation;
    }
    operation_.log.ended(accepted);
    operation_.journal.warns(accepted, operation_.call.warnings());
    if (question) return confirm(std::move(*question));
    completion_.attempt_succeeded(accepted);
}

void RunningAttempt::confirm(HttpRequest&& question) {
    confirming_ = true;
    begun_ = operation_.now();
    phase_.reset();
    commit_deadline_.reset();
    operation_.journal.attempt_begun(instance(), operation_.course.attempts());
    exchange(std::move(question));
}

void RunningAttempt::fail(Error error, FailedIn failed_in) {
    if (confirming_ || !operation_.is_ours()) return completion_.attempt_given_up(std::move(error));
    describe(error);
    auto const fault = fault_of(error, failed_in);
    if (failed_in == FailedIn::exchange) teach_condition(error, fault);
    completion_.attempt_failed(std::move(error), fault, failed_in);
}

void RunningAttempt::teach_condition(Error const& error, Fault fault) {
    if (!verdict_due_) return;
    Condition::Failure failure;
    failure.category = error.category;
    auto const now = operation_.now();
    failure.verdict = verdict_of(error, fault, now - begun_);
    failure.asks_for_rest = asks_for_rest(error);
    failure.retry_after = error.retry_after;
    auto const changes = instance().condition->fail(
        std::move(*verdict_due_),
        failure,
        now,
        platform::random_draw(*operation_.environment.random)
    );
    verdict_due_.reset();
    operation_.journal.condition_changed(instance(), changes);
}

void RunningAttempt::describe(Error& error) const {
    error.instance = instance().config.name;
    error.vendor = instance().config.vendor;
    error.phase = phase_;
    if (error.category == ErrorCategory::timeout && operation_.now() >= operation_.deadline) {
        error.category = ErrorCategory::deadline_exceeded;
    }
}

void RunningAttempt::give_up(Error& error) {
    if (confirming_) leave_unconfirmed(error);
    // The parent, too, has what failed here, and may have gone on.
    if (!operation_.is_ours()) error.delivery = Delivery::unknown;
    verdict_due_.reset();
    describe(error);
}

Attempt& RunningAttempt::record(Clock::TimePoint now) {
    Attempt& attempt = operation_.log.add(instance().config);
    attempt.hints = operation_.call.take_applied_hints();
    attempt.latency = std::chrono::duration_cast<std::chrono::microseconds>(now - begun_);
    attempt.phase = phase_;
    return attempt;
}

void RunningAttempt::record_failure(Error const& error, Decision decision, DecisionReason reason) {
    operation_.log.failed(record(operation_.now()), error, decision, reason);
}

}  // namespace otp::delivery
