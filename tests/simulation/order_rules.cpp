#include "simulation/order_rules.hpp"

#include <algorithm>
#include <string>

namespace otp::simulation {

namespace {

class AttemptCheck {
public:
    AttemptCheck(World& world, Models const& models, OperationRecord const& operation)
        : world_(world),
          models_(models),
          operation_(operation),
          now_(world.timeline.now()),
          asked_(operation.attempts.back().instance) {}

    void run() {
        if (operation_.attempts.back().is_question) return;
        check_end();
        check_refusals();
        check_open_outcomes();
        check_numbers();
        if (!renews_token()) check_choice();
    }

private:
    void fail(std::string const& rule) { world_.fail(rule + ", of " + asked_, operation_.id); }

    [[nodiscard]] bool renews_token() const noexcept {
        auto const count = operation_.attempts.size();
        if (count < 2) return false;
        auto const& before = operation_.attempts[count - 2];
        return before.ended && before.ended->decision == Decision::renew_token;
    }

    void check_end() {
        bool const knows_of_cancellation =
            operation_.cancelled_at &&
            (operation_.cancelled_in_place || *operation_.cancelled_at < now_);
        if (knows_of_cancellation) fail("an attempt after cancellation");
        if (operation_.is_over()) fail("an attempt after the end");
        bool const first = operation_.attempts.size() == 1;
        if (now_ > operation_.deadline && !first) fail("an attempt after the deadline");
    }

    /// What a vendor thinks of the request or its recipient is not got round by another one.
    void check_refusals() {
        for (auto const& attempt : operation_.attempts) {
            if (!attempt.ended || !attempt.ended->failure) continue;
            if (attempt.ended->delivery == Delivery::not_sent &&
                is_refusal(*attempt.ended->failure)) {
                fail("an attempt after a refusal");
            }
        }
    }

    static bool is_refusal(ErrorCategory category) noexcept {
        switch (category) {
            case ErrorCategory::invalid_request:
            case ErrorCategory::invalid_recipient:
            case ErrorCategory::recipient_not_found:
            case ErrorCategory::recipient_conflict:
            case ErrorCategory::recipient_throttled:
            case ErrorCategory::blocked_by_fraud_guard:
                return true;
            default:
                return false;
        }
    }

    void check_open_outcomes() {
        for (auto const& attempt : operation_.attempts) {
            bool const open = attempt.ended && attempt.ended->failure &&
                              attempt.ended->delivery == Delivery::unknown &&
                              attempt.ended->decision != Decision::renew_token;
            if (!open) continue;
            if (operation_.kind == OperationKind::verify) {
                fail("a check was repeated after an open outcome");
            } else if (operation_.on_unknown == OnUnknown::stop) {
                fail("a send was repeated after an open outcome");
            } else if (operation_.on_unknown == OnUnknown::retry_if_documented && attempt.instance != asked_) {
                fail("another instance was asked after an open outcome");
            }
        }
    }

    void check_numbers() {
        std::size_t all = 0;
        std::size_t here = 0;
        bool renewed = false;
        for (auto const& attempt : operation_.attempts) {
            if (attempt.is_question) continue;
            ++all;
            if (attempt.instance == asked_) ++here;
            renewed |= attempt.ended && attempt.ended->decision == Decision::renew_token;
        }
        auto const extra = renewed ? std::size_t{1} : std::size_t{0};
        auto const* const model = models_.find(*operation_.generation, asked_);
        if (model == nullptr) return fail("an instance that is not configured");
        if (here > model->config().retry.attempts + extra) fail("too many attempts at an instance");
        if (operation_.max_attempts != 0 && all > operation_.max_attempts + extra) {
            fail("too many attempts in all");
        }
        if (operation_.kind == OperationKind::verify && asked_ != operation_.sender) {
            fail("a check went to another instance than that which sent");
        }
    }

    void check_choice() {
        auto const& model = *models_.find(*operation_.generation, asked_);
        if (model.isolated()) return fail("an isolated instance was asked");
        if (model.rests(now_)) return fail("a resting instance was asked");
        auto const& attempt = operation_.attempts.back();
        bool const let_in = model.state(now_) == BreakerState::closed ||
                            (attempt.was_let_in && !attempt.is_further_probe);
        bool const first = attempts_at(asked_) == 1;
        if (!operation_.explained) return;
        bool before_asked = true;
        for (auto const& candidate : operation_.explained->candidates) {
            if (candidate.instance == asked_) before_asked = false;
            if (candidate.instance == asked_ || !could_be_asked(candidate)) continue;
            if (!let_in) {
                return fail(
                    "one whose breaker was open, though " + candidate.instance + " was usable"
                );
            }
            if (first && before_asked) {
                return fail(
                    "not in the order that was explained: " + candidate.instance + " first"
                );
            }
            if (!first && !repeats_an_open_outcome()) {
                return fail("again, though " + candidate.instance + " had not been asked");
            }
        }
    }

    /// As the vendor's documents ask.
    [[nodiscard]] bool repeats_an_open_outcome() const {
        return operation_.on_unknown == OnUnknown::retry_if_documented &&
               std::any_of(
                   operation_.attempts.begin(),
                   operation_.attempts.end(),
                   [](AttemptRecord const& attempt) {
                       return attempt.ended && attempt.ended->delivery == Delivery::unknown;
                   }
               );
    }

    [[nodiscard]] std::size_t attempts_at(std::string const& instance) const {
        auto const& all = operation_.attempts;
        return static_cast<std::size_t>(std::count_if(
            all.begin(),
            all.end(),
            [&](AttemptRecord const& attempt) {
                return attempt.instance == instance && !attempt.is_question;
            }
        ));
    }

    /// Nothing that is known spoke against it, and it was not tried yet.
    [[nodiscard]] bool could_be_asked(CandidateReport const& candidate) const {
        if (candidate.reason == DecisionReason::cannot_serve) return false;
        if (attempts_at(candidate.instance) > 0) return false;
        auto const* const model = models_.find(*operation_.generation, candidate.instance);
        return model != nullptr && model->usable(now_);
    }

    World& world_;
    Models const& models_;
    OperationRecord const& operation_;
    Clock::TimePoint now_;
    std::string asked_;
};

}  // namespace

void check_attempt(World& world, Models const& models, OperationRecord const& operation) {
    AttemptCheck(world, models, operation).run();
}

}  // namespace otp::simulation
