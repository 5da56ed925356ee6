#pragma once

#include "simulation/models.hpp"
#include "simulation/world.hpp"

#include <otp/observer.hpp>

#include <deque>
#include <string_view>

namespace otp::simulation {

/// Hears what the client tells its observers, writes it into the operations' records, and holds it
/// against the models.
class Witness final : public Observer {
public:
    Witness(World& world, Models::Generation first) : world_(world), models_(std::move(first)) {}

    [[nodiscard]] Models& models() noexcept { return models_; }
    /// The instances' models once the reload that was just asked for is done.
    void expect_reload(Models::Generation next) { expected_.push_back(std::move(next)); }
    /// While `isolate` or `restore` is being called.
    void set_by_hand(bool by_hand) noexcept { by_hand_ = by_hand; }

    void on_attempt_begun(AttemptBegun const& event) noexcept override;
    void on_attempt_ended(AttemptEnded const& event) noexcept override;
    void on_wait(WaitBegun const& event) noexcept override;
    void on_operation_ended(OperationEnded const& event) noexcept override;
    void on_breaker_change(BreakerChange const& event) noexcept override;
    void on_rest(RestBegun const& event) noexcept override;
    void on_token_fetched(TokenFetched const& event) noexcept override;
    void on_reload(Reloaded const& event) noexcept override;

private:
    [[nodiscard]] OperationRecord* find(OperationRef const& operation);
    void note_passed_over(OperationRecord& operation, Attempt const& attempt);
    void note_rare(OperationRecord const& operation, AttemptRecord const& attempt);
    void check_token(OperationRecord const& operation, AttemptRecord const& attempt);
    void hand_on_token(std::string_view instance);
    void note_breaker(InstanceModel& model, AttemptRecord const& attempt);
    /// For all configurations in which the instance lives.
    template <class Tell>
    void tell_models(std::string_view instance, Tell const& tell);
    void forget_in_others(InstanceModel const* of, std::string_view instance);

    World& world_;
    Models models_;
    std::deque<Models::Generation> expected_;
    bool by_hand_{false};
};

}  // namespace otp::simulation
