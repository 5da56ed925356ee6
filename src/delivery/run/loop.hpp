#pragma once

#include "delivery/roster/roster.hpp"
#include "delivery/run/call.hpp"
#include "delivery/run/course.hpp"
#include "delivery/run/environment.hpp"
#include "delivery/run/journal.hpp"
#include "delivery/run/reference_source.hpp"
#include "platform/process_mark.hpp"

#include <otp/adapter/provider_adapter.hpp>
#include <otp/result.hpp>
#include <otp/seam/clock.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <vector>

namespace otp::delivery {

/// Carries out one call, from the first attempt to its outcome: it asks, waits and stops as
/// `next_step` says. Written as steps and not as a coroutine, because every request passes here
/// (docs/performance.md).
///
/// In a forked child it makes no request any more, as it is its parent's, and does not fail there
/// but with `unknown`, as nobody can tell what the parent does.
///
/// All members run on the environment's executor.
class Loop final : private WaitingOperation {
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

    /// Makes the first attempt. May complete from inside this call. Throws nothing: whatever fails
    /// ends in `Completion::fail`. `owner` holds the loop, and is held while something is awaited.
    void start(std::shared_ptr<void> const& owner);

    /// Ends the call with `cancelled` and the delivery that is true at this moment.
    void cancel();

private:
    struct OnExchange;

    void end_for(std::exception_ptr const& thrown);

    /// Decides, and does it.
    void go_on();
    void obey(Step const& step);
    void ask(std::size_t place);
    void wait(Wait const& step);
    void on_wait_over(std::chrono::milliseconds waited);
    void end_wait() noexcept override;
    /// Cancelled, or the client was closed, between two attempts.
    void end_without_attempt();
    void stop(DecisionReason reason);

    void begin_attempt();
    void wait_for_token(HttpRequest&& request);
    void on_token(
        std::exception_ptr const& thrown,
        std::optional<Result<TokenSource::Lease>> lease,
        HttpRequest&& request
    );
    void exchange_with(TokenSource::Lease lease, HttpRequest&& request);
    /// Authorizes `request` with the token, if there is one.
    void exchange(HttpRequest&& request);
    void on_exchange(HttpExchange const& answered);
    void fail_with(HttpExchange const& lost);
    void refuse_with(Error error, HttpResponse const& response);
    void renew_token(Error error);
    void succeed_with(HttpResponse const& response);
    void confirm(HttpRequest&& question);

    [[nodiscard]] std::shared_ptr<Loop> shared() const {
        return {owner_.lock(), const_cast<Loop*>(this)};
    }
    [[nodiscard]] Instance& instance() const noexcept { return *instance_; }
    [[nodiscard]] ProviderAdapter const& adapter() const noexcept { return *instance().adapter; }
    /// What a fetch of a token may take.
    [[nodiscard]] Clock::TimePoint token_deadline() const noexcept;

    /// The attempt failed: what it teaches is kept, and the next step taken.
    void fail_attempt(Error error, FailedIn failed_in);
    void record_failure(Error const& error, Step const& step, FailedIn failed_in);
    void teach_condition(Error const& error, Fault fault);
    void hold_back(Fault fault);
    /// The attempt failed, and nothing follows.
    void finish_with(Error error);
    void finish_without_token(Error error);
    void leave_to_parent();

    /// Records the attempt that has just ended; its outcome is left to the caller.
    Attempt& add_attempt();
    void describe(Error& error);
    void keep_open_outcome();
    void add_failed_attempt(Error const& error, Decision decision, DecisionReason reason);
    /// Records who is passed over before `place`.
    void skip_until(std::size_t place);
    void end_with(Error error, DecisionReason reason);
    void report_end(OperationEnded& end);

    Environment& environment_;
    std::shared_ptr<Roster const> roster_;
    Plan plan_;
    Call& call_;
    Completion& completion_;
    std::weak_ptr<void> owner_;
    platform::ProcessMark begun_in_;
    Clock::TimePoint operation_begun_;
    /// When the attempt began.
    Clock::TimePoint begun_;
    Clock::TimePoint deadline_;
    Course course_;
    Journal journal_;
    /// Who is asked, or was last.
    std::size_t place_{0};
    Instance* instance_;
    ReferenceSource::Reference reference_{};
    AttemptContext context_;
    std::optional<Condition::Attempt> running_;
    std::optional<Clock::TimePoint> commit_deadline_;
    std::optional<TokenSource::Lease> lease_;
    /// How far the attempt's request had come; nothing while none was begun.
    std::optional<ExchangePhase> phase_;
    std::chrono::milliseconds waited_{0};
    bool token_renewed_{false};
    bool confirming_{false};
    bool cancelled_{false};
    bool ended_{false};
    /// What is true of the code while its attempt has no outcome yet.
    Delivery delivery_if_cut_short_{Delivery::not_sent};
    /// An attempt before this one left it open whether a code was sent.
    bool may_have_sent_{false};
    std::optional<VerificationHandle> handle_of_lost_;
    /// Of the last attempt that failed.
    std::optional<Error> last_error_;
    std::vector<Attempt> attempts_;
    std::unique_ptr<ClockTimer> timer_;
    boost::asio::cancellation_signal cancellation_;
};

}  // namespace otp::delivery
