#include "simulation/witness.hpp"

#include "simulation/order_rules.hpp"

#include <set>
#include <string>
#include <utility>

namespace otp::simulation {

OperationRecord* Witness::find(OperationRef const& operation) {
    auto* const record = world_.operations.find(operation.traceparent);
    if (record == nullptr) {
        world_.fail("an event of no operation");
        return nullptr;
    }
    if (!record->generation) record->generation = models_.newest();
    return record;
}

void Witness::on_attempt_begun(AttemptBegun const& event) noexcept {
    auto* const operation = find(event.operation);
    if (operation == nullptr) return;
    AttemptRecord attempt;
    attempt.instance = event.instance;
    attempt.begun = world_.timeline.now();
    attempt.exchanges_before = operation->exchanges.size();
    auto* const model = models_.find(*operation->generation, event.instance);
    std::string wrong;
    if (model != nullptr) wrong = model->begin(attempt, *operation, attempt.begun);
    forget_in_others(model, event.instance);
    operation->attempts.push_back(std::move(attempt));
    world_.tell(operation->id, [&] {
        return "operation " + std::to_string(operation->id) + " asks " +
               std::string(event.instance);
    });
    if (!wrong.empty()) world_.fail(wrong, operation->id);
    check_attempt(world_, models_, *operation);
    if (*operation->generation != models_.newest() && operation->attempts.size() > 1) {
        world_.rare.saw(RareState::reload_between_attempts);
    }
    auto const& begun = operation->attempts.back();
    bool const against_an_open_breaker = model != nullptr && !begun.is_question && begun.is_probe &&
                                         operation->explained &&
                                         operation->explained->candidates.size() > 1;
    if (against_an_open_breaker) {
        bool all_open = true;
        for (auto const& candidate : operation->explained->candidates) {
            all_open &= candidate.reason == DecisionReason::breaker_open;
        }
        if (all_open) world_.rare.saw(RareState::asked_though_all_breakers_were_open);
    }
}

void Witness::on_attempt_ended(AttemptEnded const& event) noexcept {
    auto* const operation = find(event.operation);
    if (operation == nullptr) return;
    world_.tell(static_cast<std::uint64_t>(event.attempt.reason), [&] {
        return "operation " + std::to_string(operation->id) + ": " + event.attempt.instance + ' ' +
               std::string(event.attempt.failure ? to_string(*event.attempt.failure) : "accepted") +
               ' ' + std::string(to_string(event.attempt.delivery)) +
               (event.attempt.phase ? " in " + std::string(to_string(*event.attempt.phase)) : "") +
               ' ' + std::to_string(event.attempt.http_status) + ", " +
               std::string(to_string(event.attempt.decision)) + ' ' +
               std::string(to_string(event.attempt.reason));
    });
    if (event.number == 0) return note_passed_over(*operation, event.attempt);
    if (operation->attempts.empty() || operation->attempts.back().ended) {
        return world_.fail("an attempt ended that had not begun", operation->id);
    }
    auto& attempt = operation->attempts.back();
    attempt.ended = event.attempt;
    auto* const model = models_.find(*operation->generation, attempt.instance);
    if (model != nullptr) {
        auto const wrong = model->end(attempt, *operation, world_.timeline.now());
        if (!wrong.empty()) world_.fail(wrong, operation->id);
        note_breaker(*model, attempt);
        forget_in_others(model, attempt.instance);
    }
    check_token(*operation, attempt);
    note_rare(*operation, attempt);
}

void Witness::check_token(OperationRecord const& operation, AttemptRecord const& attempt) {
    auto const& ended = *attempt.ended;
    bool const asked = attempt.exchanges_before < operation.exchanges.size();
    bool const in_time = attempt.ended->failure == ErrorCategory::timeout ||
                         attempt.ended->failure == ErrorCategory::deadline_exceeded;
    if (attempt.token_came && !asked && in_time) {
        world_.fail("a token came and was not handed on", operation.id);
    }
    if (ended.decision == Decision::renew_token && world_.shutting_down) {
        world_.rare.saw(RareState::token_renewed_during_shutdown);
    }
    auto const count = operation.attempts.size();
    if (count < 2 || !asked) return;
    auto const& before = operation.attempts[count - 2];
    if (before.ended->decision != Decision::renew_token) return;
    auto const& refused = operation.exchanges[before.exchanges_before];
    if (refused.authorization == operation.exchanges[attempt.exchanges_before].authorization) {
        world_.fail("a refused token was used again", operation.id);
    }
}

void Witness::note_passed_over(OperationRecord& operation, Attempt const& attempt) {
    operation.passed_over.push_back(attempt);
    switch (attempt.reason) {
        case DecisionReason::breaker_open:
            return world_.rare.saw(RareState::passed_over_as_its_breaker_was_open);
        case DecisionReason::resting:
            return world_.rare.saw(RareState::passed_over_as_it_rested);
        case DecisionReason::isolated:
            return world_.rare.saw(RareState::passed_over_as_isolated);
        default:
            break;
    }
}

void Witness::note_rare(OperationRecord const& operation, AttemptRecord const& attempt) {
    auto const& ended = *attempt.ended;
    if (ended.decision == Decision::renew_token) {
        world_.rare.saw(RareState::token_refused_and_renewed);
    }
    bool const is_check = operation.kind == OperationKind::verify;
    if (is_check && ended.decision == Decision::retry) {
        world_.rare.saw(RareState::check_tried_again_as_nothing_was_sent);
    }
    if (is_check && attempt.is_question) {
        world_.rare.saw(RareState::approval_confirmed_by_a_question);
    }
    if (ended.reason == DecisionReason::budget_empty) world_.rare.saw(RareState::budget_empty);
    if (ended.reason == DecisionReason::attempts_used_up) {
        world_.rare.saw(RareState::attempts_used_up);
    }
    if (ended.reason == DecisionReason::deadline_too_near) {
        world_.rare.saw(RareState::deadline_too_near_for_another_attempt);
    }
    if (ended.failure == ErrorCategory::deadline_exceeded) {
        world_.rare.saw(RareState::deadline_ended_an_attempt);
    }
    if (ended.failure == ErrorCategory::cancelled) {
        bool const has_left = attempt.exchanges_before < operation.exchanges.size() &&
                              operation.exchanges.back().bytes_taken > 0;
        world_.rare.saw(
            has_left ? RareState::cancelled_during_an_exchange
                     : RareState::cancelled_before_a_byte_left
        );
    }
    if (*operation.generation != models_.newest()) {
        world_.rare.saw(RareState::reload_during_an_exchange);
    }
}

void Witness::note_breaker(InstanceModel& model, AttemptRecord const& attempt) {
    auto const news = model.take_news();
    if (attempt.is_probe && attempt.ended->delivery == Delivery::accepted) {
        world_.rare.saw(RareState::half_open_probe_succeeded);
    }
    if (!news) return;
    if (*news == BreakerState::closed) world_.rare.saw(RareState::breaker_closed_again);
    if (*news != BreakerState::open) return;
    if (attempt.is_probe) {
        world_.rare.saw(RareState::half_open_probe_failed);
    } else if (attempt.ended->phase && *attempt.ended->phase < ExchangePhase::writing) {
        world_.rare.saw(RareState::breaker_opened_by_connection_failures);
    } else {
        world_.rare.saw(RareState::breaker_opened_by_its_ratio);
    }
}

void Witness::on_wait(WaitBegun const& event) noexcept {
    auto* const operation = find(event.operation);
    if (operation == nullptr) return;
    ++operation->waits;
    auto const now = world_.timeline.now();
    world_.tell(static_cast<std::uint64_t>(event.wait.count()), [&] {
        return "operation " + std::to_string(operation->id) + " waits " +
               std::to_string(event.wait.count()) + " ms for " + std::string(event.instance);
    });
    if (now + event.wait > operation->deadline + std::chrono::milliseconds(1)) {
        world_.fail("a wait beyond the deadline", operation->id);
    }
    bool const for_rest =
        event.reason == DecisionReason::throttled || event.reason == DecisionReason::resting;
    world_.rare.saw(
        for_rest ? RareState::waited_for_the_end_of_a_rest : RareState::waited_and_tried_again
    );
}

void Witness::on_operation_ended(OperationEnded const& event) noexcept {
    auto* const operation = find(event.operation);
    if (operation == nullptr) return;
    ++operation->ends_told;
    if (event.stop == DecisionReason::cancelled && operation->waits > 0 &&
        (operation->attempts.empty() || operation->attempts.back().ended) &&
        event.failure == ErrorCategory::cancelled && operation->attempts.size() == event.attempts) {
        bool const in_a_wait = operation->attempts.empty() ||
                               operation->attempts.back().ended->decision != Decision::finish;
        if (in_a_wait) world_.rare.saw(RareState::cancelled_during_a_wait);
    }
}

template <class Tell>
void Witness::tell_models(std::string_view instance, Tell const& tell) {
    std::set<InstanceModel*> told;
    for (std::size_t generation = 0; generation <= models_.newest(); ++generation) {
        auto* const model = models_.find(generation, instance);
        if (model != nullptr && told.insert(model).second) tell(*model);
    }
}

void Witness::forget_in_others(InstanceModel const* of, std::string_view instance) {
    if (models_.newest() == 0) return;
    tell_models(instance, [of](InstanceModel& model) {
        if (&model != of) model.forget_what_was_told();
    });
}

void Witness::on_breaker_change(BreakerChange const& event) noexcept {
    world_.tell(static_cast<std::uint64_t>(event.to), [&] {
        return std::string(event.instance) + " becomes " + std::string(to_string(event.to));
    });
    if (!by_hand_) {
        return tell_models(event.instance, [&](InstanceModel& model) {
            model.told_of_change(event);
        });
    }
    auto* const model = models_.find(models_.newest(), event.instance);
    if (model == nullptr) return;
    if (event.to == BreakerState::isolated) return model->isolate();
    world_.rare.saw(RareState::restored_by_hand);
    model->restore();
}

void Witness::on_rest(RestBegun const& event) noexcept {
    world_.tell(static_cast<std::uint64_t>(event.rest.count()), [&] {
        return std::string(event.instance) + " rests " + std::to_string(event.rest.count());
    });
    tell_models(event.instance, [&](InstanceModel& model) { model.told_of_rest(event.rest); });
}

void Witness::on_token_fetched(TokenFetched const& event) noexcept {
    world_.tell(event.failure ? 1 : 0, [&] {
        return "token for " + std::string(event.instance) + (event.failure ? " not" : "") +
               " fetched";
    });
    if (!event.failure) return hand_on_token(event.instance);
    world_.rare.saw(RareState::token_fetch_failed);
    tell_models(event.instance, [](InstanceModel& model) { model.told_of_token_failure(); });
}

void Witness::hand_on_token(std::string_view instance) {
    // After a reload nobody says whose token it is: that of the instance of now, or of before.
    if (models_.newest() > 0) return;
    std::size_t waiting = 0;
    world_.operations.for_each_under_way([&](OperationRecord& operation) {
        if (operation.attempts.empty()) return;
        auto& attempt = operation.attempts.back();
        bool const waits = !attempt.ended && attempt.instance == instance &&
                           attempt.exchanges_before == operation.exchanges.size() &&
                           attempt.begun < world_.timeline.now();
        if (!waits) return;
        attempt.token_came = true;
        ++waiting;
    });
    if (waiting > 1) world_.rare.saw(RareState::token_fetched_for_several);
}

void Witness::on_reload(Reloaded const& event) noexcept {
    if (event.failure) return world_.rare.saw(RareState::reload_refused);
    if (expected_.empty()) return world_.fail("a reload that nobody asked for");
    world_.tell(event.replaced, [&] {
        return "reloaded: " + std::to_string(event.kept) + " kept, " +
               std::to_string(event.replaced) + " replaced";
    });
    if (event.kept > 0) world_.rare.saw(RareState::reload_kept_an_instance);
    if (event.replaced > 0) world_.rare.saw(RareState::reload_replaced_an_instance);
    models_.reloaded(std::move(expected_.front()));
    expected_.pop_front();
}

}  // namespace otp::simulation
