// Whatever becomes of an operation that was let begin, the guard is told once, before anybody else.

#include "unit/delivery/as_if_forked.hpp"
#include "unit/delivery/guard_fixture.hpp"

namespace otp::test {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GuardSettlement : public GuardTest {
protected:
    // The application may begin the next operation as soon as it hears of this one.
    GuardSettlement() {
        script.at[Seam::completion] = [this] { settled_before_the_end_ = settled().size(); };
    }
    ~GuardSettlement() override { EXPECT_EQ(settled_before_the_end_, settled().size()); }

    void throw_at(Seam seam) { script.at[seam] = throw_it; }

private:
    std::size_t settled_before_the_end_{0};
};

TEST_F(GuardSettlement, IsAcceptedWhereTheVendorHasAccepted) {
    auto& only = add("only");
    begin();
    EXPECT_THAT(settled(), IsEmpty());
    answer(only, 200);
    expect_settled(Delivery::accepted);
    EXPECT_EQ(guard->settlements.at(0).verification, std::nullopt);
}

TEST_F(GuardSettlement, IsNotSentWhereTheVendorHasRefused) {
    auto& only = add("only");
    script.errors.emplace(400, said(ErrorCategory::invalid_recipient, "no"));
    begin();
    answer(only, 400);
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardSettlement, IsUnknownWhereTheAnswerIsLost) {
    auto& only = add("only");
    begin();
    lose_answer(only);
    expect_settled(Delivery::unknown);
}

TEST_F(GuardSettlement, IsThatOfTheOperationAndNotOfItsLastAttempt) {
    auto& first = add_patient("first");
    auto& second = add("second");
    on_unknown = OnUnknown::failover;
    begin();
    lose_answer(first);
    EXPECT_THAT(settled(), IsEmpty());
    refuse_connection(second);
    EXPECT_EQ(attempts().back().delivery, Delivery::not_sent);
    expect_settled(Delivery::unknown);
}

TEST_F(GuardSettlement, IsAcceptedWhateverWasLostBefore) {
    auto& first = add_patient("first");
    auto& second = add("second");
    on_unknown = OnUnknown::failover;
    begin();
    lose_answer(first);
    answer(second, 200);
    expect_settled(Delivery::accepted);
}

TEST_F(GuardSettlement, IsMadeOnceForAllRepetitions) {
    auto& only = add_patient("only");
    begin();
    refuse_connection(only);
    pass(100ms);
    EXPECT_THAT(settled(), IsEmpty());
    answer(only, 200);
    expect_settled(Delivery::accepted);
}

TEST_F(GuardSettlement, IsNotSentWhereNobodyWasAsked) {
    auto& only = add("only");
    make();
    only.instance.condition->isolate(clock->now());
    start();
    settle();
    EXPECT_EQ(error().category, ErrorCategory::circuit_open);
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardSettlement, IsNotSentWhereNobodyCanServe) {
    add("first");
    add("second");
    for (auto const* const name : {"first", "second"}) {
        script.refusals.emplace(name, said(ErrorCategory::unsupported, "no"));
    }
    begin();
    EXPECT_EQ(error().category, ErrorCategory::no_route);
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardSettlement, IsNotSentOfAWaitThatWasCancelled) {
    auto& only = add_patient("only");
    begin();
    refuse_connection(only);
    cancel();
    settle();
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardSettlement, IsWhatIsTrueOfACancelledRequest) {
    auto& only = add("only");
    begin();
    cancel();
    only.transport->fail(said(ErrorCategory::cancelled, "ended"), ExchangePhase::writing, 17);
    EXPECT_EQ(error().category, ErrorCategory::cancelled);
    expect_settled(Delivery::unknown);
}

TEST_F(GuardSettlement, IsNotSentWhereTheTokenIsRefused) {
    auto& only = add_with_token("only");
    begin();
    only.token_endpoint->answer(401, "no");
    settle();
    expect_settled(Delivery::not_sent);
}

TEST_F(GuardSettlement, IsMadeWhateverThrows) {
    struct Case {
        Seam seam;
        Delivery delivery;
    };
    for (auto const& [seam, delivery] :
         {Case{Seam::encode, Delivery::not_sent},
          Case{Seam::decode, Delivery::unknown},
          Case{Seam::describe, Delivery::unknown}}) {
        candidates.clear();
        guard->settlements.clear();
        auto const at_completion = script.at[Seam::completion];
        script = {};
        script.at[Seam::completion] = at_completion;
        throw_at(seam);
        auto& only = add("only");
        begin();
        if (only.transport->waits()) answer(only, 200);
        EXPECT_EQ(error().category, ErrorCategory::internal);
        expect_settled(delivery);
    }
}

TEST_F(GuardSettlement, IsMadeWhereTheAttemptsCannotBeToldOf) {
    struct Case {
        std::uint64_t bytes;
        Delivery delivery;
    };
    for (auto const& [bytes, delivery] :
         {Case{0, Delivery::not_sent}, Case{1, Delivery::unknown}}) {
        candidates.clear();
        guard->settlements.clear();
        auto const at_completion = script.at[Seam::completion];
        script = {};
        script.at[Seam::completion] = at_completion;
        throw_at(Seam::hints);
        auto& only = add("only");
        begin();
        only.transport->fail(
            said(ErrorCategory::connection_lost, "no"), ExchangePhase::waiting, bytes
        );
        EXPECT_THAT(attempts(), IsEmpty());
        expect_settled(delivery);
    }
}

TEST_F(GuardSettlement, IsNotRepeatedForWhoThrowsWhenHeHearsOfTheEnd) {
    auto& only = add("only");
    auto const at_completion = script.at[Seam::completion];
    script.at[Seam::completion] = [at_completion] {
        at_completion();
        throw_it();
    };
    begin();
    EXPECT_THROW(only.transport->answer(200), Thrown);
    expect_settled(Delivery::accepted);
}

TEST_F(GuardSettlement, SaysWhatTheVendorJudgedOfACode) {
    auto& only = add("only");
    script.kind = OperationKind::verify;
    script.judgement = VerificationOutcome::wrong_code;
    begin();
    answer(only, 200);
    expect_settled(Delivery::accepted);
    EXPECT_EQ(guard->settlements.at(0).verification, VerificationOutcome::wrong_code);
}

TEST_F(GuardSettlement, OfAnApprovalComesBehindItsConfirmation) {
    auto& only = add("only");
    script.kind = OperationKind::verify;
    script.judgement = VerificationOutcome::approved;
    script.question = HttpMethod::get;
    begin();
    answer(only, 200);
    EXPECT_THAT(settled(), IsEmpty());
    script.judgement = VerificationOutcome::rejected;
    answer(only, 200);
    expect_settled(Delivery::accepted);
    EXPECT_EQ(guard->settlements.at(0).verification, VerificationOutcome::rejected);
}

TEST_F(GuardSettlement, OfAnApprovalThatIsNotConfirmedIsUnknown) {
    auto& only = add("only");
    script.kind = OperationKind::verify;
    script.judgement = VerificationOutcome::approved;
    script.question = HttpMethod::get;
    begin();
    answer(only, 200);
    refuse_connection(only);
    expect_settled(Delivery::unknown);
    EXPECT_EQ(guard->settlements.at(0).verification, std::nullopt);
}

TEST_F(GuardSettlement, OfAParentsOperationIsTheParents) {
    for (int const status : {200, 400}) {
        candidates.clear();
        guard->let_go = 0;
        script = {};
        script.errors.emplace(400, said(ErrorCategory::invalid_recipient, "no"));
        auto& only = add("only");
        begin();
        AsIfForked const child;
        answer(only, status);
        EXPECT_EQ(script.ends, 1);
        EXPECT_THAT(settled(), IsEmpty());
    }
}

}  // namespace
}  // namespace otp::test
