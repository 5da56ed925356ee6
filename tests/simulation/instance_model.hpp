#pragma once

#include "simulation/operation_record.hpp"

#include <otp/delivery_config.hpp>
#include <otp/instance_health.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace otp::simulation {

/// What breaker, rest and budget of an instance have to be, worked out once more from what happened
/// and from the documents (docs/delivery.md), and not with the client's code.
class InstanceModel {
public:
    using TimePoint = Clock::TimePoint;
    using Milliseconds = std::chrono::milliseconds;

    InstanceModel(std::string name, DeliveryConfig const& config);

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    [[nodiscard]] DeliveryConfig const& config() const noexcept { return config_; }

    /// A request would be let through, and nothing asks to wait.
    [[nodiscard]] bool usable(TimePoint now) const noexcept {
        return lets_through(now) && !rests(now);
    }
    [[nodiscard]] bool lets_through(TimePoint now) const noexcept;
    [[nodiscard]] bool rests(TimePoint now) const noexcept { return rests_until_ > now; }
    [[nodiscard]] bool isolated() const noexcept { return state_ == BreakerState::isolated; }
    [[nodiscard]] BreakerState state(TimePoint now) const noexcept;

    /// The client says that the breaker changed. What is wrong with that shows when the attempt
    /// that is behind it is told.
    void told_of_change(BreakerChange const& change) noexcept;
    void told_of_rest(Milliseconds rest) noexcept { told_rest_ = rest; }
    /// It was about an instance of that name in another configuration.
    void forget_what_was_told() noexcept {
        told_.reset();
        told_rest_.reset();
    }
    void told_of_token_failure() noexcept { token_failure_is_news_ = true; }

    // What is wrong is a text; empty: nothing.
    [[nodiscard]] std::string begin(
        AttemptRecord& attempt, OperationRecord const& operation, TimePoint now
    );
    [[nodiscard]] std::string end(
        AttemptRecord const& attempt, OperationRecord const& operation, TimePoint now
    );
    [[nodiscard]] std::string compare(InstanceHealth const& health, TimePoint now) const;

    /// By hand.
    void isolate() noexcept;
    void restore() noexcept;

    /// The last change, for whoever counts.
    [[nodiscard]] std::optional<BreakerState> take_news() noexcept;

private:
    enum class Verdict { nothing, good, failed, could_not_connect };
    struct Call {
        TimePoint when;
        bool failed;
    };

    [[nodiscard]] Verdict verdict_of(
        AttemptRecord const& attempt, OperationRecord const& operation
    ) noexcept;
    void learn_rest(AttemptRecord const& attempt, OperationRecord const& operation, TimePoint now);
    [[nodiscard]] std::string end_call(Verdict verdict, TimePoint now);
    [[nodiscard]] std::string end_probe(Verdict verdict, TimePoint now);
    [[nodiscard]] bool too_many_failed_since(TimePoint begin) const noexcept;
    [[nodiscard]] std::string enter_open(TimePoint now);
    void enter(BreakerState state) noexcept;
    [[nodiscard]] std::string unexpected(BreakerState state) const;

    std::string name_;
    DeliveryConfig config_;

    BreakerState state_{BreakerState::closed};
    std::uint64_t epoch_{0};
    std::deque<Call> calls_;
    std::size_t row_{0};
    TimePoint open_until_{};
    Milliseconds next_opening_;
    std::size_t probes_{0};
    std::size_t good_probes_{0};
    /// What the client has said, and no attempt has explained yet.
    std::optional<BreakerState> told_;
    Milliseconds told_open_for_{0};
    std::optional<BreakerState> news_;

    TimePoint rests_until_{TimePoint::min()};
    /// Nothing: only the client knows.
    std::optional<Milliseconds> last_rest_{Milliseconds(0)};
    std::optional<Milliseconds> told_rest_;

    std::uint32_t budget_;
    std::size_t in_flight_{0};
    bool token_failure_is_news_{false};
};

}  // namespace otp::simulation
