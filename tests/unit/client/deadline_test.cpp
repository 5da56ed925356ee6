// An operation has the time that its request gives it, or else the configuration.

#include "unit/client/client_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;

class Deadline : public ClientOfPlainVendor, public ::testing::WithParamInterface<Threading> {
protected:
    Deadline() {
        threading = GetParam();
        deadline = 7s;
    }

    /// Whether it ends with its deadline after that time, and not a millisecond before.
    template <class Outcome>
    void expect_end_after(std::chrono::milliseconds time, Outcome const& outcome) {
        settle();
        clock->advance(time - 1ms);
        settle();
        EXPECT_FALSE(outcome);
        clock->advance(1ms);
        settle();
        ASSERT_TRUE(outcome);
        ASSERT_TRUE(outcome->has_error());
        EXPECT_EQ(outcome->error().category, ErrorCategory::deadline_exceeded);
    }
    void begin_verify_within(Verified& outcome, std::optional<std::chrono::milliseconds> time) {
        VerificationHandle handle("main", "plain", Channel::sms);
        VerifyOtp request(std::move(handle), OtpCode::parse("481592").value());
        request.deadline = time;
        client().async_verify(std::move(request), [&outcome](Result<Verification> verified) {
            outcome.emplace(std::move(verified));
        });
    }
};

INSTANTIATE_TEST_SUITE_P(
    OfBoth,
    Deadline,
    ::testing::Values(Threading::single, Threading::multiple),
    [](auto const& tested) { return tested.param == Threading::single ? "Single" : "Multiple"; }
);

TEST_P(Deadline, OfASendIsTheConfigurations) {
    script->add(testing::ScriptedStep::silence());
    Sent outcome;
    begin_send(outcome);
    expect_end_after(7s, outcome);
}

TEST_P(Deadline, OfASendMayBeShorter) {
    script->add(testing::ScriptedStep::silence());
    auto request = send_request();
    request.deadline = 3s;
    Sent outcome;
    begin_send(outcome, std::move(request));
    expect_end_after(3s, outcome);
}

TEST_P(Deadline, OfASendMayBeLonger) {
    script->add(testing::ScriptedStep::silence());
    auto request = send_request();
    request.deadline = 60s;
    Sent outcome;
    begin_send(outcome, std::move(request));
    expect_end_after(60s, outcome);
}

TEST_P(Deadline, OfACheckIsTheConfigurations) {
    script->add(testing::ScriptedStep::silence());
    Verified outcome;
    begin_verify_within(outcome, std::nullopt);
    expect_end_after(7s, outcome);
}

TEST_P(Deadline, OfACheckMayBeAnother) {
    script->add(testing::ScriptedStep::silence());
    Verified outcome;
    begin_verify_within(outcome, 2s);
    expect_end_after(2s, outcome);
}

TEST_P(Deadline, HoldsForTheTokenToo) {
    conduct->needs_token = true;
    script->add(testing::ScriptedStep::silence());
    Sent outcome;
    begin_send(outcome);
    expect_end_after(7s, outcome);
    EXPECT_EQ(outcome->error().delivery, Delivery::not_sent);
    // The fetch, which serves others too, has a limit of its own.
    clock->advance(30s);
    settle();
}

}  // namespace
}  // namespace otp::test
