#pragma once

#include "delivery/decide/next_step.hpp"
#include "delivery/guard/guard.hpp"
#include "delivery/roster/roster.hpp"
#include "delivery/run/call.hpp"
#include "delivery/run/environment.hpp"
#include "delivery/run/operation.hpp"
#include "delivery/run/running_attempt.hpp"

#include <otp/seam/clock.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>

namespace otp::delivery {

/// Carries out one call, from the first attempt to its outcome: it asks, waits and stops as
/// `next_step` says. Whether it may begin at all the guard says, which is told in the end what
/// became of it.
///
/// In a forked child it makes no request any more, as it is its parent's, and does not fail there
/// but with `unknown`, as nobody can tell what the parent does.
///
/// All members run on the environment's executor.
class Loop final : private AttemptCompletion, private WaitingOperation {
public:
    /// Has `time_limit` from now on. `plan` is not empty, and of `roster`. `call`, `completion` and
    /// `environment` live as long as the loop.
    Loop(
        Environment& environment,
        std::shared_ptr<Roster const> roster,
        Plan plan,
        std::chrono::milliseconds time_limit,
        Call& call,
        Completion& completion
    );
    Loop(Loop const&) = delete;
    Loop& operator=(Loop const&) = delete;

    /// Makes the first attempt, if the guard allows it. May complete from inside this call. Throws
    /// nothing: whatever fails ends in `Completion::fail`. `owner` holds the loop, and is held
    /// while something is awaited.
    void start(std::shared_ptr<void> const& owner);

    /// Ends the call with `cancelled` and the delivery that is true at this moment.
    void cancel();

private:
    void attempt_succeeded(Attempt const& accepted) override;
    void attempt_failed(Error error, Fault fault, FailedIn failed_in) override;
    void attempt_given_up(Error error) override;
    void attempt_threw(std::exception_ptr const& thrown) override;
    void end_wait() noexcept override;

    void ask_guard();
    void on_verdict(Guard::Verdict verdict);
    void obey_guard(Guard::Verdict&& verdict, Clock::TimePoint now);

    /// Decides as of now, and does it.
    void go_on();
    void decide(Clock::TimePoint now);
    /// `situation` is what it was decided from.
    void obey(Step const& step, Situation const& situation);
    void ask(std::size_t place, Clock::TimePoint now);
    /// Whether the instance may be asked once more.
    [[nodiscard]] bool pay_for_repetition(std::size_t place);
    void wait(Wait const& step, Clock::TimePoint now);
    void on_wait_over(std::chrono::milliseconds waited);
    void stop(DecisionReason reason, Situation const& situation);

    void hold_back(Fault fault);
    void keep_open_outcome();
    void record_failure(Error const& error, Step const& step, FailedIn failed_in);
    /// Records who is passed over before `place`.
    void skip_until(std::size_t place);

    /// Cancelled, or the client was closed, while no attempt was under way.
    void end_without_attempt();
    void end_with(Error error, DecisionReason reason);
    /// Tells the guard, if it has set something aside.
    void settle(Settlement const& settlement) noexcept;
    void report_end(OperationEnded& end);

    [[nodiscard]] std::shared_ptr<Loop> shared() { return {operation_.owner.lock(), this}; }

    std::shared_ptr<Roster const> roster_;
    Operation operation_;
    RunningAttempt attempt_;
    Completion& completion_;
    /// What the guard has set aside; null: nothing.
    std::unique_ptr<Reservation> reservation_;
    bool ended_{false};
    /// An attempt before this one left it open whether a code was sent.
    bool may_have_sent_{false};
    std::optional<VerificationHandle> handle_of_lost_;
    /// Of the last attempt that failed.
    std::optional<Error> last_error_;
    std::unique_ptr<ClockTimer> timer_;
};

}  // namespace otp::delivery
