#pragma once

#include "delivery/decide/fault.hpp"
#include "delivery/roster/instance.hpp"
#include "delivery/run/operation.hpp"
#include "delivery/run/reference_source.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/result.hpp>
#include <otp/seam/clock.hpp>
#include <otp/seam/transport.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>

namespace otp::delivery {

/// Takes the end of an attempt: one of these, once for each that was begun. May be called from
/// inside of its beginning.
class AttemptCompletion {
public:
    AttemptCompletion() = default;
    AttemptCompletion(AttemptCompletion const&) = delete;
    AttemptCompletion& operator=(AttemptCompletion const&) = delete;

    /// The call has the outcome, and the log has `accepted`.
    virtual void attempt_succeeded(Attempt const& accepted) = 0;
    /// What it teaches of the instance has been taught; what follows is to be decided.
    virtual void attempt_failed(Error error, Fault fault, FailedIn failed_in) = 0;
    /// Nothing can follow: cancelled, left to the parent process, an approval left unconfirmed, or
    /// this machine failed.
    virtual void attempt_given_up(Error error) = 0;
    /// By whatever it called, from inside of a handler.
    virtual void attempt_threw(std::exception_ptr const& thrown) = 0;

protected:
    ~AttemptCompletion() = default;
};

/// One attempt: the request in the vendor's words, a token where there has to be one, the exchange,
/// and what the answer says. A token that was refused is renewed once, and an approval confirmed
/// where the adapter wants it; both belong to the attempt. One object makes all attempts of an
/// operation, one after the other.
///
/// Written as steps and not as a coroutine, because every request passes here
/// (docs/performance.md). All members run on the environment's executor.
class RunningAttempt {
public:
    /// Of the plan's first instance, before one is begun. Both outlive the object.
    RunningAttempt(Operation& operation, AttemptCompletion& completion) noexcept
        : operation_(operation),
          completion_(completion),
          instance_(operation.plan[0].get()),
          begun_(operation.begun) {
        context_.hints_are_fitted = true;
    }
    RunningAttempt(RunningAttempt const&) = delete;
    RunningAttempt& operator=(RunningAttempt const&) = delete;

    /// At the plan's instance at `place`. May end from inside this call, and may throw.
    void begin(std::size_t place, Clock::TimePoint now);

    // Of the attempt that was begun last.

    [[nodiscard]] std::size_t place() const noexcept { return place_; }
    [[nodiscard]] Instance& instance() const noexcept { return *instance_; }
    [[nodiscard]] ProviderAdapter const& adapter() const noexcept { return *instance_->adapter; }
    /// What is true of the code while there is no outcome yet.
    [[nodiscard]] Delivery delivery_if_cut_short() const noexcept { return delivery_if_cut_short_; }
    /// The vendor has taken the code already.
    [[nodiscard]] bool is_confirming() const noexcept { return confirming_; }
    /// With what a code can be checked although the answer is lost.
    [[nodiscard]] std::optional<VerificationHandle> handle_before_answer() const {
        return operation_.call.handle_before_answer(adapter(), context_);
    }

    /// Adds to `error` where it happened, and how far the request had come.
    void describe(Error& error) const;
    /// Gives it up, without a verdict of the instance. `error` then says what is true of the code.
    void give_up(Error& error);
    /// Adds it to the log.
    void record_failure(Error const& error, Decision decision, DecisionReason reason);

private:
    struct OnExchange;

    [[nodiscard]] std::shared_ptr<RunningAttempt> shared() {
        return {operation_.owner.lock(), this};
    }

    [[nodiscard]] Result<HttpRequest> encode();
    void wait_for_token(HttpRequest&& request);
    void on_token(
        std::exception_ptr const& thrown,
        std::optional<Result<TokenSource::Lease>> lease,
        HttpRequest&& request
    );
    void end_without_token(Error error);
    void exchange_with(TokenSource::Lease lease, HttpRequest&& request);
    /// Authorizes `request` with the token, if there is one.
    void exchange(HttpRequest&& request);
    void on_exchange(HttpExchange const& answered);
    /// No answer.
    void lose(HttpExchange const& lost);
    /// The vendor's answer is no success.
    void refuse(Error error, HttpResponse const& response);
    void renew_token(Error error);
    void succeed(HttpResponse const& response);
    void confirm(HttpRequest&& question);
    void fail(Error error, FailedIn failed_in);
    /// Tells all other operations what this one has found.
    void teach_condition(Error const& error, Fault fault);
    void leave_to_parent();

    /// The outcome is left to the caller.
    [[nodiscard]] Attempt& record(Clock::TimePoint now);

    Operation& operation_;
    AttemptCompletion& completion_;
    std::size_t place_{0};
    Instance* instance_;
    Clock::TimePoint begun_;
    ReferenceSource::Reference reference_{};
    AttemptContext context_;
    /// Until a verdict is given.
    std::optional<Condition::Attempt> verdict_due_;
    std::optional<Clock::TimePoint> commit_deadline_;
    std::optional<TokenSource::Lease> lease_;
    /// How far the request had come; nothing while none was begun.
    std::optional<ExchangePhase> phase_;
    bool token_renewed_{false};
    bool confirming_{false};
    Delivery delivery_if_cut_short_{Delivery::not_sent};
};

}  // namespace otp::delivery
