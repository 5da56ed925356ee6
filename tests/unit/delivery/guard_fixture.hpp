#pragma once

#include "unit/delivery/delivery_fixture.hpp"
#include "unit/delivery/scripted_guard.hpp"

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace otp::test {

/// Operations that a guard watches over. It lets everything begin, at once, unless the test says
/// otherwise.
class GuardTest : public DeliveryTest {
protected:
    GuardTest() {
        environment_.guard = guard;
        guard->says_at_once = [this] { return guard->reservation(); };
    }

    /// An operation that waits for its verdict.
    void begin_waiting() {
        guard->says_at_once = nullptr;
        begin();
        ASSERT_TRUE(guard->waiting.has_value());
    }
    void say(delivery::Guard::Verdict verdict) {
        guard->say(std::move(verdict));
        settle();
    }
    [[nodiscard]] static Error throttled() {
        auto error = said(ErrorCategory::recipient_throttled, "too many", Delivery::unknown);
        error.retry_after = std::chrono::seconds(30);
        return error;
    }
    /// What the guard was told of how its operations ended.
    [[nodiscard]] std::vector<Delivery> settled() const {
        std::vector<Delivery> all;
        for (auto const& settlement : guard->settlements) all.push_back(settlement.delivery);
        return all;
    }
    /// Of one operation, which was let begin.
    void expect_settled(Delivery delivery) {
        EXPECT_EQ(script.ends, 1);
        EXPECT_THAT(settled(), ::testing::ElementsAre(delivery));
        EXPECT_EQ(guard->let_go, 0);
    }

    std::shared_ptr<ScriptedGuard> guard{std::make_shared<ScriptedGuard>()};
};

}  // namespace otp::test
