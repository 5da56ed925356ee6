#include "delivery/run/loop.hpp"

#include "delivery/decide/classify.hpp"
#include "delivery/decide/clock_difference.hpp"
#include "delivery/decide/redact.hpp"
#include "platform/resource_failure.hpp"

#include <otp/adapter/text_check.hpp>
#include <otp/seam/time_after.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/recycling_allocator.hpp>

#include <chrono>
#include <exception>
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
    Environment const& environment,
    std::shared_ptr<Roster const> roster,
    Candidates candidates,
    std::chrono::milliseconds time_limit,
    Call& call,
    Completion& completion
)
    : environment_(environment),
      roster_(std::move(roster)),
      candidates_(candidates),
      call_(call),
      completion_(completion),
      begun_(environment.clock->now()),
      deadline_(time_after(begun_, time_limit)) {
    context_.hints_are_fitted = true;
}

// What goes on begins here, in `on_token` or in `on_exchange`. An exception ends it and goes no
// further: nobody else would.
void Loop::start(std::shared_ptr<void> const& owner) try {
    owner_ = owner;
    begin_attempt();
} catch (std::exception const&) {
    end_for(std::current_exception());
}

void Loop::end_for(std::exception_ptr const& thrown) {
    // A user's handler has thrown.
    if (ended_) std::rethrow_exception(thrown);
    Error error = platform::resource_error("the operation", {}, thrown);
    error.delivery = delivery_if_cut_short_;
    try {
        finish_with(error);
    } catch (std::exception const&) {
        if (ended_) throw;
        // The attempts cannot be told of; the outcome can.
        ended_ = true;
        if (confirming_ || !begun_in_.is_this()) error.delivery = Delivery::unknown;
        completion_.fail(std::move(error));
    }
}

void Loop::cancel() {
    cancelled_ = true;
    cancellation_.emit(asio::cancellation_type::terminal);
}

void Loop::begin_further_attempt() {
    begun_ = environment_.clock->now();
    begin_attempt();
}

void Loop::begin_attempt() {
    delivery_if_cut_short_ = Delivery::not_sent;
    phase_.reset();
    lease_.reset();
    context_.instance = instance().config.name;
    context_.now = environment_.clock->utc_now();
    reference_ = environment_.references->next();
    context_.unique_reference = std::string_view(reference_.data(), reference_.size());
    context_.sent = call_.sent_texts(instance().config);
    // What cannot be sent is refused before the first byte, that of a token request included.
    Result<HttpRequest> request = call_.encode(adapter(), context_);
    if (!request) return refuse(request.error());
    if (cancelled_) return finish_with(Error(ErrorCategory::cancelled, "cancelled by the caller"));
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

void Loop::wait_for_token(HttpRequest&& request) {
    auto continue_with =
        [self = shared(), waiting = std::move(request)](
            std::exception_ptr thrown, std::optional<Result<TokenSource::Lease>> lease
        ) mutable { self->on_token(thrown, std::move(lease), std::move(waiting)); };
    asio::co_spawn(
        environment_.executor,
        instance().tokens->get(deadline_),
        asio::bind_cancellation_slot(cancellation_.slot(), std::move(continue_with))
    );
}

void Loop::on_token(
    std::exception_ptr const& thrown,
    std::optional<Result<TokenSource::Lease>> lease,
    HttpRequest&& request
) try {
    if (cancelled_) return finish_with(Error(ErrorCategory::cancelled, "cancelled by the caller"));
    if (thrown || !lease) {
        return finish_with(platform::resource_error("waiting for a token", {}, thrown));
    }
    if (lease->has_error()) return finish_without_token(lease->error());
    exchange_with(std::move(**lease), std::move(request));
} catch (std::exception const&) {
    end_for(std::current_exception());
}

void Loop::finish_without_token(Error error) {
    phase_ = error.phase;
    redact(error, context_.sent);
    finish_with(std::move(error));
}

void Loop::exchange(HttpRequest&& request) {
    if (!begun_in_.is_this()) return leave_to_parent();
    if (cancelled_) return finish_with(Error(ErrorCategory::cancelled, "cancelled by the caller"));
    if (lease_) {
        request.headers.push_back(
            {"authorization", adapter::bearer_authorization(lease_->token->reveal())}
        );
    }
    Transport::ExchangeHandler handler(OnExchange{shared()});
    delivery_if_cut_short_ = Delivery::unknown;
    // A question comes right behind an answer, when the server may be closing the connection.
    request.repeatable = confirming_ && request.method == HttpMethod::get;
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
} catch (std::exception const&) {
    end_for(std::current_exception());
}

/// No answer.
void Loop::fail_with(HttpExchange const& lost) {
    delivery_if_cut_short_ = classify_failure(lost);
    Error error = lost.outcome.error();
    error.delivery = delivery_if_cut_short_;
    finish_with(std::move(error));
}

/// The vendor's answer is no success.
void Loop::refuse_with(Error error, HttpResponse const& response) {
    error.http_status = response.status;
    error.delivery = classify_refusal(error);
    redact(error, context_.sent);
    tell_clock_difference(error, response, context_.now, environment_.clock->utc_now());
    // A renewal begins anew, which would have the code checked twice.
    if (confirming_ || !lease_ || !may_renew_token(error, lease_->was_cached, token_renewed_)) {
        return finish_with(std::move(error));
    }
    instance().tokens->invalidate(lease_->generation);
    token_renewed_ = true;
    add_failed_attempt(error, Decision::renew_token);
    begin_further_attempt();
}

void Loop::succeed_with(HttpResponse const& response) {
    std::optional<HttpRequest> question;
    if (!confirming_) question = call_.encode_confirmation(adapter(), response, context_);
    Attempt& accepted = add_attempt();
    accepted.delivery = Delivery::accepted;
    accepted.http_status = response.status;
    call_.describe_success(accepted);
    if (environment_.observer != nullptr) report_warnings(accepted);
    if (!question) {
        ended_ = true;
        return completion_.succeed(std::move(attempts_));
    }
    accepted.decision = Decision::confirm;
    confirm(std::move(*question));
}

void Loop::report_warnings(Attempt const& accepted) {
    auto const* const warnings = call_.warnings();
    if (warnings == nullptr) return;
    for (std::string const& message : *warnings) {
        environment_.observer->on_warning({accepted.instance, accepted.vendor, message});
    }
}

void Loop::confirm(HttpRequest&& question) {
    confirming_ = true;
    begun_ = environment_.clock->now();
    phase_.reset();
    exchange(std::move(question));
}

Attempt& Loop::add_attempt() {
    Attempt& attempt = attempts_.emplace_back();
    attempt.instance = instance().config.name;
    attempt.vendor = instance().config.vendor;
    attempt.hints = call_.take_applied_hints();
    attempt.latency =
        std::chrono::duration_cast<std::chrono::microseconds>(environment_.clock->now() - begun_);
    attempt.phase = phase_;
    return attempt;
}

void Loop::add_failed_attempt(Error& error, Decision decision) {
    error.instance = instance().config.name;
    error.vendor = instance().config.vendor;
    error.phase = phase_;
    if (error.category == ErrorCategory::timeout && environment_.clock->now() >= deadline_) {
        error.category = ErrorCategory::deadline_exceeded;
    }
    Attempt& attempt = add_attempt();
    attempt.failure = error.category;
    attempt.delivery = error.delivery;
    attempt.http_status = error.http_status;
    attempt.vendor_code = error.vendor_code;
    attempt.request_id = error.request_id;
    attempt.decision = decision;
}

void Loop::finish_with(Error error) {
    if (confirming_) leave_unconfirmed(error);
    // The parent, too, has what failed here, and may have gone on.
    if (!begun_in_.is_this()) error.delivery = Delivery::unknown;
    add_failed_attempt(error, Decision::finish);
    end_with(std::move(error));
}

// Nothing was sent: another candidate may serve what this one cannot.
void Loop::refuse(Error error) {
    error.delivery = Delivery::not_sent;
    redact_refusal(error, context_.sent);
    if (!may_ask_next_instance(error) || candidates_.size() == 1) {
        return finish_with(std::move(error));
    }
    bool const last = candidate_ + 1 == candidates_.size();
    add_failed_attempt(error, last ? Decision::finish : Decision::next_instance);
    if (!last) {
        ++candidate_;
        return begin_further_attempt();
    }
    error.category = ErrorCategory::no_route;
    error.message =
        "no instance of the route can serve this request; the last one says: " + error.message;
    end_with(std::move(error));
}

void Loop::end_with(Error error) {
    error.attempts = std::move(attempts_);
    error.handle.reset();
    if (error.delivery == Delivery::unknown) {
        error.handle = call_.handle_before_answer(adapter(), context_);
    }
    ended_ = true;
    completion_.fail(std::move(error));
}

}  // namespace otp::delivery
