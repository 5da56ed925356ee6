#pragma once

#include "unit/delivery/operation_fixture.hpp"

#include <otp/observer.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace otp::test {

/// Always the same bytes, so that a draw is always the same: about a half.
class HalfRandom final : public RandomSource {
public:
    void fill(std::span<std::byte> bytes) override {
        std::fill(bytes.begin(), bytes.end(), std::byte{0x80});
    }
};

/// Writes down in words what it hears.
class Diary final : public Observer {
public:
    std::vector<std::string> lines;

    void on_attempt_begun(AttemptBegun const& event) noexcept override {
        note("begin " + std::string(event.instance) + ' ' + std::to_string(event.attempt));
    }
    void on_attempt_ended(AttemptEnded const& event) noexcept override {
        auto const& attempt = event.attempt;
        note(
            "end " + attempt.instance + ' ' + std::string(to_string(attempt.decision)) + ' ' +
            std::string(to_string(attempt.reason))
        );
    }
    void on_wait(WaitBegun const& event) noexcept override {
        note(
            "wait " + std::to_string(event.wait.count()) + " for " + std::string(event.instance) +
            ' ' + std::string(to_string(event.reason))
        );
    }
    void on_operation_ended(OperationEnded const& event) noexcept override {
        note(
            "over " + std::string(event.failure ? to_string(*event.failure) : "accepted") + ' ' +
            std::string(to_string(event.delivery)) + ' ' + std::string(to_string(event.stop)) +
            ' ' + std::to_string(event.attempts)
        );
        last_operation = event.operation.number;
    }
    void on_breaker_change(BreakerChange const& event) noexcept override {
        note(
            std::string(event.instance) + ' ' + std::string(to_string(event.from)) + " to " +
            std::string(to_string(event.to))
        );
    }
    void on_rest(RestBegun const& event) noexcept override {
        note(std::string(event.instance) + " rests " + std::to_string(event.rest.count()));
    }

    std::uint64_t last_operation{0};

private:
    void note(std::string line) { lines.push_back(std::move(line)); }
};

/// Operations whose instances make three attempts, whose backoff is always a half, and of which a
/// diary is kept.
class DeliveryTest : public OperationTest {
protected:
    DeliveryTest() {
        environment_.random = std::make_shared<HalfRandom>();
        environment_.observers = {diary};
    }

    /// One that makes three attempts.
    Candidate& add_patient(std::string const& name) {
        auto& added = add(name);
        added.instance.config.delivery.retry.attempts = 3;
        return added;
    }
    /// The oldest request at the candidate never leaves.
    void refuse_connection(Candidate& candidate) {
        candidate.transport->fail(
            said(ErrorCategory::connect_failed, "no"), ExchangePhase::connecting, 0
        );
        settle();
    }
    /// Its answer is lost.
    void lose_answer(Candidate& candidate) {
        candidate.transport->fail(
            said(ErrorCategory::connection_lost, "lost"), ExchangePhase::waiting, 100
        );
        settle();
    }
    void answer(Candidate& candidate, int status) {
        candidate.transport->answer(status);
        settle();
    }
    void pass(std::chrono::milliseconds time) {
        clock->manual.advance(time);
        settle();
    }
    /// Another operation over the same candidates.
    void begin_another() {
        auto const errors = script.errors;
        script = {};
        script.errors = errors;
        begin();
    }
    [[nodiscard]] static std::size_t requests_at(Candidate const& candidate) {
        return candidate.transport->requests.size();
    }

    std::shared_ptr<Diary> diary{std::make_shared<Diary>()};
};

}  // namespace otp::test
