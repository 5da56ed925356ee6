// What observers are told of attempts: each end belongs to a beginning.

#include "unit/delivery/delivery_fixture.hpp"

#include <string>
#include <vector>

namespace otp::test {
namespace {

/// Which attempt each event is of.
class Numbers final : public Observer {
public:
    std::vector<std::string> lines;

    void on_attempt_begun(AttemptBegun const& event) noexcept override {
        lines.push_back("begin " + std::to_string(event.attempt));
    }
    void on_attempt_ended(AttemptEnded const& event) noexcept override {
        lines.push_back(
            std::string(to_string(event.attempt.decision)) + ' ' + std::to_string(event.number)
        );
    }
};

class AttemptEvents : public DeliveryTest {
protected:
    AttemptEvents() { environment_.observers = {numbers}; }

    std::shared_ptr<Numbers> numbers{std::make_shared<Numbers>()};
};

TEST_F(AttemptEvents, OfAnInstanceThatIsPassedOverBehindAnAttemptBelongToNone) {
    auto& first = add("first");
    auto& second = add("second");
    make();
    second.instance.condition->isolate(clock->now());
    start();
    refuse_connection(first);
    EXPECT_THAT(numbers->lines, ::testing::ElementsAre("begin 1", "skip 0", "finish 1"));
}

TEST_F(AttemptEvents, OfAnInstanceThatIsPassedOverBeforeOneBelongToNone) {
    auto& first = add("first");
    auto& second = add("second");
    make();
    first.instance.condition->isolate(clock->now());
    start();
    answer(second, 200);
    EXPECT_THAT(numbers->lines, ::testing::ElementsAre("skip 0", "begin 1", "finish 1"));
}

}  // namespace
}  // namespace otp::test
