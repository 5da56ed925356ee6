#pragma once

#include "delivery/roster/roster.hpp"
#include "delivery/run/call.hpp"
#include "delivery/run/environment.hpp"
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

/// Carries out one call, from the first candidate to its outcome: it runs what `decide` says.
/// Written as steps and not as a coroutine, because every request passes here
/// (docs/performance.md).
///
/// In a forked child it makes no request any more, as it is its parent's, and does not fail there
/// but with `unknown`, as nobody can tell what the parent does.
///
/// All members run on the environment's executor.
class Loop final {
public:
    /// Has `time_limit` from now on. `candidates` is not empty, and of `roster`. `call`,
    /// `completion` and `environment` live as long as the loop.
    Loop(
        Environment const& environment,
        std::shared_ptr<Roster const> roster,
        Candidates candidates,
        std::chrono::milliseconds time_limit,
        Call& call,
        Completion& completion
    );
    Loop(Loop const&) = delete;
    Loop& operator=(Loop const&) = delete;

    /// Asks the first candidate. May complete from inside this call. Throws nothing: whatever fails
    /// ends in `Completion::fail`. `owner` holds the loop, and is held while something is awaited.
    void start(std::shared_ptr<void> const& owner);

    /// Ends the call with `cancelled` and the delivery that is true at this moment.
    void cancel();

private:
    struct OnExchange;

    void end_for(std::exception_ptr const& thrown);
    void begin_attempt();
    void begin_further_attempt();
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
    void succeed_with(HttpResponse const& response);
    void report_warnings(Attempt const& accepted);
    void confirm(HttpRequest&& question);

    [[nodiscard]] std::shared_ptr<Loop> shared() const {
        return {owner_.lock(), const_cast<Loop*>(this)};
    }
    [[nodiscard]] Instance& instance() const noexcept { return *candidates_[candidate_]; }
    [[nodiscard]] ProviderAdapter const& adapter() const noexcept { return *instance().adapter; }

    /// Records the attempt that has just ended; its outcome is left to the caller.
    Attempt& add_attempt();
    void add_failed_attempt(Error& error, Decision decision);
    void finish_with(Error error);
    void finish_without_token(Error error);
    void leave_to_parent();
    void refuse(Error error);
    void end_with(Error error);

    Environment const& environment_;
    std::shared_ptr<Roster const> roster_;
    Candidates candidates_;
    Call& call_;
    Completion& completion_;
    std::weak_ptr<void> owner_;
    platform::ProcessMark begun_in_;
    /// When the attempt began.
    Clock::TimePoint begun_;
    Clock::TimePoint deadline_;
    std::size_t candidate_{0};
    ReferenceSource::Reference reference_{};
    AttemptContext context_;
    std::optional<TokenSource::Lease> lease_;
    /// How far the attempt's request had come; nothing while none was begun.
    std::optional<ExchangePhase> phase_;
    bool token_renewed_{false};
    bool confirming_{false};
    bool cancelled_{false};
    bool ended_{false};
    /// What is true of the code while its attempt has no outcome yet.
    Delivery delivery_if_cut_short_{Delivery::not_sent};
    std::vector<Attempt> attempts_;
    boost::asio::cancellation_signal cancellation_;
};

}  // namespace otp::delivery
