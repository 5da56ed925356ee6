#pragma once

#include "delivery/environment.hpp"
#include "delivery/instance.hpp"
#include "platform/process_mark.hpp"

#include <otp/clock.hpp>
#include <otp/provider_adapter.hpp>
#include <otp/result.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace otp::delivery {

/// One send or one verify, from the first candidate to its outcome: the loop that runs what
/// `classify.hpp` decides. Written as steps and not as a coroutine, because every request passes
/// here (docs/performance.md).
///
/// In a forked child it makes no request any more, as it is its parent's, and does not fail there
/// but with `unknown`, as nobody can tell what the parent does.
///
/// All members run on the environment's executor. A derived class translates and completes.
class Operation : public std::enable_shared_from_this<Operation> {
public:
    /// Has `patience` from now on. `candidates` is not empty; it, the instances and the environment
    /// outlive the operation.
    Operation(
        Environment const& environment,
        std::span<Instance* const> candidates,
        std::chrono::milliseconds patience
    );
    virtual ~Operation() = default;
    Operation(Operation const&) = delete;
    Operation& operator=(Operation const&) = delete;

    /// Asks the first candidate. May complete from inside this call. Throws nothing: whatever fails
    /// ends in `fail`.
    void start();

    /// Ends the operation with `cancelled` and the delivery that is true at this moment.
    void cancel();

protected:
    [[nodiscard]] virtual Result<HttpRequest> encode(AttemptContext const& context) = 0;
    /// Keeps the outcome if the answer (`confirming()`: that to the question) is a success; else
    /// says why it is none.
    [[nodiscard]] virtual std::optional<Error> decode(
        HttpResponse const& response, AttemptContext const& context
    ) = 0;
    /// A question that settles the success which `decode` has just kept. Asked for once at most.
    [[nodiscard]] virtual std::optional<HttpRequest> encode_confirmation(
        HttpResponse const& /*response*/, AttemptContext const& /*context*/
    ) {
        return std::nullopt;
    }
    /// With what a code can be checked although the answer of this attempt is lost.
    [[nodiscard]] virtual std::optional<VerificationHandle> handle_before_answer(
        AttemptContext const& /*context*/
    ) const {
        return std::nullopt;
    }
    /// What the request brings along, for an attempt at `instance`.
    [[nodiscard]] virtual SentTexts sent_texts(InstanceConfig const& instance) const = 0;
    /// What the instance made of the request's hints.
    [[nodiscard]] virtual std::vector<AppliedHint> take_applied_hints() = 0;
    /// Adds what only the derived class knows to the attempt that succeeded.
    virtual void describe_success(Attempt& attempt) = 0;
    /// The end, in one of two ways. Called once.
    virtual void succeed(std::vector<Attempt> attempts) = 0;
    virtual void fail(Error error) = 0;

    [[nodiscard]] ProviderAdapter const& adapter() const noexcept {
        return *candidates_[candidate_]->adapter;
    }
    [[nodiscard]] Environment const& environment() const noexcept { return environment_; }
    /// Whether the question of `encode_confirmation` has been asked.
    [[nodiscard]] bool confirming() const noexcept { return confirming_; }

private:
    struct OnExchange;

    template <class Step>
    void take_step(Step step);
    void end_for(std::exception_ptr const& thrown);
    void begin_attempt();
    void begin_further_attempt();
    void use_token(TokenSource::Lease lease);
    void wait_for_token();
    void on_token(
        std::exception_ptr const& thrown, std::optional<Result<TokenSource::Lease>> lease
    );
    void exchange(HttpRequest&& request);
    void on_exchange(HttpExchange const& answered);
    void on_response(HttpResponse const& response);
    void on_success(HttpResponse const& response);
    void confirm(HttpRequest&& question);

    [[nodiscard]] Instance& instance() const noexcept { return *candidates_[candidate_]; }
    /// Records the attempt that has just ended; its outcome is left to the caller.
    Attempt& add_attempt();
    void add_failed_attempt(Error& error, Decision decision);
    void finish_with(Error error);
    void finish_without_token(Error error);
    void leave_to_parent();
    void refuse(Error error);
    void end_with(Error error);

    Environment const& environment_;
    std::span<Instance* const> candidates_;
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
